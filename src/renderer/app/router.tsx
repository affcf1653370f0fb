import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
} from '@tanstack/react-router'
import { queryClient, read } from '../api/cache.ts'
import { TodayScreen } from '../features/today/TodayScreen.tsx'
import { Trouble } from './ErrorBoundary.tsx'
import {
  ActivityScreen,
  BackupScreen,
  CalendarsScreen,
  ClientScreen,
  ClientsScreen,
  PrivateSearch,
  ReviewScreen,
  SearchScreen,
  SettingsScreen,
  TemplatesScreen,
  WeekScreen,
  WriteScreen,
} from './screens.ts'
import { Shell } from './Shell.tsx'

const rootRoute = createRootRoute({
  component: Shell,
  errorComponent: ({ error }) => <Trouble error={error} />,
  notFoundComponent: () => <Navigate to="/today" />,
})

const today = createRoute({ getParentRoute: () => rootRoute, path: '/today', component: TodayScreen })
const index = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <Navigate to="/today" replace />,
})
const clients = createRoute({ getParentRoute: () => rootRoute, path: '/clients', component: ClientsScreen })

const client = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clients/$clientId',
  // Asked for as soon as the pointer or the focus is on a link, and never waited for here.
  loader: ({ params }) => void queryClient.prefetchQuery(read('clients', 'get', { id: params.clientId })),
  component: function ClientRoute() {
    const { clientId } = client.useParams()
    return <ClientScreen key={clientId} clientId={clientId} />
  },
})

const review = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review/$sessionId',
  loader: ({ params }) =>
    void queryClient.prefetchQuery(read('review', 'get', { sessionId: params.sessionId })),
  component: function ReviewRoute() {
    const { sessionId } = review.useParams()
    return <ReviewScreen key={sessionId} sessionId={sessionId} />
  },
})

const write = createRoute({
  getParentRoute: () => rootRoute,
  path: '/write/$sessionId',
  component: function WriteRoute() {
    const { sessionId } = write.useParams()
    return <WriteScreen key={sessionId} sessionId={sessionId} />
  },
})

const search = createRoute({
  getParentRoute: () => rootRoute,
  path: '/search',
  component: () => <SearchScreen privateHits={(text) => <PrivateSearch text={text} />} />,
})
const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: SettingsScreen,
})

const activity = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  component: ActivityScreen,
})

const week = createRoute({ getParentRoute: () => rootRoute, path: '/week', component: WeekScreen })

const calendars = createRoute({
  getParentRoute: () => rootRoute,
  path: '/calendars',
  component: CalendarsScreen,
})

const templates = createRoute({
  getParentRoute: () => rootRoute,
  path: '/templates',
  component: TemplatesScreen,
})

const backup = createRoute({ getParentRoute: () => rootRoute, path: '/backup', component: BackupScreen })

const routeTree = rootRoute.addChildren([
  index,
  today,
  week,
  clients,
  client,
  review,
  write,
  search,
  settings,
  activity,
  backup,
  calendars,
  templates,
])

export function makeRouter(path: string) {
  return createRouter({
    routeTree,
    history: createMemoryHistory({ initialEntries: [path] }),
    defaultPreload: 'intent',
    defaultPreloadDelay: 0,
    // Data live in react-query, which knows when they changed.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ({ error }) => <Trouble error={error} />,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

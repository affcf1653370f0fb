import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { queryClient, read } from '../api/cache.ts'
import { TodayScreen } from '../features/today/TodayScreen.tsx'
import { Trouble } from './ErrorBoundary.tsx'
import { Shell } from './Shell.tsx'

const ReviewScreen = lazyRouteComponent(() => import('../features/review/ReviewScreen.tsx'), 'ReviewScreen')
const WriteScreen = lazyRouteComponent(() => import('../features/write/WriteScreen.tsx'), 'WriteScreen')
const ClientsScreen = lazyRouteComponent(
  () => import('../features/clients/ClientsScreen.tsx'),
  'ClientsScreen',
)
const ClientScreen = lazyRouteComponent(() => import('../features/client/ClientScreen.tsx'), 'ClientScreen')
const SearchScreen = lazyRouteComponent(() => import('../features/search/SearchScreen.tsx'), 'SearchScreen')
const SettingsScreen = lazyRouteComponent(
  () => import('../features/settings/SettingsScreen.tsx'),
  'SettingsScreen',
)

/** The search of the record never imports the private room: this is where the page puts the two side by side. */
const PrivateSearch = lazy(() =>
  import('../features/private/PrivateSearch.tsx').then((module) => ({ default: module.PrivateSearch })),
)

/** Fetched when the machine has nothing else to do, so that no later click waits for a file. */
export async function warmUp(): Promise<void> {
  for (const screen of [
    ReviewScreen,
    ClientScreen,
    ClientsScreen,
    WriteScreen,
    SearchScreen,
    SettingsScreen,
  ]) {
    await screen.preload?.().catch(() => undefined)
  }
  await import('./Palette.tsx').catch(() => undefined)
}

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
  component: () => (
    <SearchScreen
      privateHits={(text) => (
        <Suspense>
          <PrivateSearch text={text} />
        </Suspense>
      )}
    />
  ),
})
const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: SettingsScreen,
})

const routeTree = rootRoute.addChildren([index, today, clients, client, review, write, search, settings])

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

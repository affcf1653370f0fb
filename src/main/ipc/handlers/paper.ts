import type {
  ActivityExtent,
  PaperManifest,
  PaperSize,
  PaperSubject,
} from '../../../shared/contract/paper.ts'
import type { Handlers, Input } from '../../../shared/contract/index.ts'

/** What paper can do, seen from the door. */
export interface PaperDesk {
  manifest(subject: PaperSubject): Promise<PaperManifest>
  save(order: Order, nameInFile: boolean): Promise<boolean>
  print(order: Order): Promise<boolean>
  activityExtent(filter: Activity): Promise<ActivityExtent>
  printActivity(filter: Activity, how: { size: PaperSize; names: boolean }): Promise<boolean>
}
type Activity = Input<'paper', 'activityExtent'>
interface Order {
  subject: PaperSubject
  size: PaperSize
  setDown: boolean
}

/** Contract to service for what goes on paper; no logic. */
export function paperHandlers(desk: PaperDesk): Pick<Handlers, 'paper'> {
  return {
    paper: {
      manifest: ({ subject }) => desk.manifest(subject),
      save: async ({ nameInFile, ...order }) => ({ saved: await desk.save(order, nameInFile) }),
      print: async (order) => ({ printed: await desk.print(order) }),
      activityExtent: (filter) => desk.activityExtent(filter),
      printActivity: async ({ kind, day, ...how }) => ({
        printed: await desk.printActivity({ kind, day }, how),
      }),
    },
  }
}

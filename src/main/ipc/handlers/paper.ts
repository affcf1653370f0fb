import type { PaperManifest, PaperSize, PaperSubject } from '../../../shared/contract/paper.ts'
import type { Handlers } from '../../../shared/contract/index.ts'

/** What paper can do, seen from the door. */
export interface PaperDesk {
  manifest(subject: PaperSubject): Promise<PaperManifest>
  save(order: Order, nameInFile: boolean): Promise<boolean>
  print(order: Order): Promise<boolean>
}
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
    },
  }
}

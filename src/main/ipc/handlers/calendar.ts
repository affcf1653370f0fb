import type { Handlers, Input, Output } from '../../../shared/contract/index.ts'

type Span = Input<'calendars', 'saveOut'>

/** What can be done with other people's calendars, seen from the door. Refuses LOCKED by itself. */
export interface CalendarDesk {
  list(): Promise<Output<'calendars', 'list'>>
  drop(id: string): Promise<Output<'calendars', 'drop'>>
  matches(): Promise<Output<'calendars', 'matches'>>
  forgetMatch(title: string): Promise<void>
  watch(): Promise<boolean>
  unwatch(): Promise<void>
  saveOut(span: Span): Promise<Output<'calendars', 'saveOut'>>
  open(zone: string): Promise<Output<'takeIn', 'open'>>
  openWaiting(zone: string): Promise<Output<'takeIn', 'open'>>
  progress(): Output<'takeIn', 'progress'>
  match(given: Input<'takeIn', 'match'>): Promise<Output<'takeIn', 'match'>>
  keep(given: Input<'takeIn', 'keep'>): Promise<Output<'takeIn', 'keep'>>
  apart(token: string): Promise<Output<'takeIn', 'apart'>>
  apply(token: string): Promise<Output<'takeIn', 'apply'>>
  cancel(): void
}

/** Contract to desk; no logic. */
export function calendarHandlers(desk: CalendarDesk): Pick<Handlers, 'calendars' | 'takeIn'> {
  return {
    calendars: {
      list: async () => desk.list(),
      drop: async ({ id }) => desk.drop(id),
      matches: async () => desk.matches(),
      forgetMatch: async ({ title }) => {
        await desk.forgetMatch(title)
        return {}
      },
      watch: async () => ({ chosen: await desk.watch() }),
      unwatch: async () => {
        await desk.unwatch()
        return {}
      },
      saveOut: async (span) => desk.saveOut(span),
    },
    takeIn: {
      open: async ({ zone }) => desk.open(zone),
      openWaiting: async ({ zone }) => desk.openWaiting(zone),
      progress: async () => desk.progress(),
      match: async (given) => desk.match(given),
      keep: async (given) => desk.keep(given),
      apart: async ({ token }) => desk.apart(token),
      apply: async ({ token }) => desk.apply(token),
      cancel: async () => {
        desk.cancel()
        return {}
      },
    },
  }
}

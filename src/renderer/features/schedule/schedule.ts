import { later } from '../../ui/later.tsx'

/* What other screens may use of this feature. The dialogs, with their calendars, come after the first paint. */
export const SessionDialog = later(async () => (await import('./SessionDialog.tsx')).SessionDialog)
export const MoveDialog = later(async () => (await import('./MoveDialog.tsx')).MoveDialog)
export const ScopeDialog = later(async () => (await import('./ScopeDialog.tsx')).ScopeDialog)
export const StatusDialog = later(async () => (await import('./StatusDialog.tsx')).StatusDialog)
export const ContactDialog = later(async () => (await import('./ContactDialog.tsx')).ContactDialog)
export { Details } from './Details.tsx'
export { awayWords } from './awayWords.ts'
export { blocksOf, leading, type Block } from './blocks.ts'
export { thereText } from './elsewhere.ts'
export { contactNow } from './scheduling.ts'
export { kindWords } from './kindWords.ts'
export { marksOf } from './marks.ts'
export { pens } from './pens.ts'
export { travelText } from './travelWords.ts'
export { SessionMenu, SessionMenuOf } from './SessionMenu.tsx'

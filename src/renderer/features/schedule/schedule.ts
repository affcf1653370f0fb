/** What other screens may use of this feature. */
export { ContactDialog } from './ContactDialog.tsx'
export { contactNow } from './scheduling.ts'
export { SessionDialog } from './SessionDialog.tsx'
export { kindWords } from './sessionForm.ts'
export { SessionMenu } from './SessionMenu.tsx'

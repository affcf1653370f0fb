/** What other screens may use of this feature. */
export { ClientDialog } from './ClientDialog.tsx'

import { later } from '../../ui/later.tsx'

/** What other screens may use of this feature. */
export const ClientDialog = later(async () => (await import('./ClientDialog.tsx')).ClientDialog)
export { ClientName } from './ClientName.tsx'

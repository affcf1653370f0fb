/** What other features use of this one. */
export { BackupLine } from './BackupLine.tsx'

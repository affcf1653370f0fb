import type { Counts } from '../../shared/contract/backup.ts'

const number = new Intl.NumberFormat()
const several = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

export const countsText = ({ clients, sessions, notes, addenda }: Counts): string =>
  [
    several(clients, 'client', 'clients'),
    several(sessions, 'session', 'sessions'),
    several(notes, 'note', 'notes'),
    several(addenda, 'addendum', 'addenda'),
  ].join(', ')

/** In the decimal units that file managers show. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

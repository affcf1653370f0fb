import { matches } from '../../ui/matches.ts'

/** A client that exists, or a name that is to become one. */
export interface Picked {
  readonly text: string
  readonly clientId: string | null
  /** “Add …” was chosen from the list. */
  readonly isNew: boolean
}

export const nobody: Picked = { text: '', clientId: null, isNew: false }

export type Resolved = { readonly clientId: string } | { readonly newName: string } | 'unclear'

/**
 * Who is meant. A name typed in full counts as picked; a name like no other is a new one; but what begins
 * like a name on the list must be chosen, so that "Ana" never becomes a second file beside "Ana Ruiz".
 */
export function resolve(picked: Picked, clients: readonly { id: string; name: string }[]): Resolved {
  if (picked.clientId !== null) return { clientId: picked.clientId }
  const typed = picked.text.trim()
  const same = clients.filter((row) => row.name.toLocaleLowerCase() === typed.toLocaleLowerCase())
  if (picked.isNew) return { newName: typed }
  if (same.length === 1 && same[0] !== undefined) return { clientId: same[0].id }
  return same.length > 1 || clients.some((row) => matches(row.name, typed)) ? 'unclear' : { newName: typed }
}

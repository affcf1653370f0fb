import { useSyncExternalStore } from 'react'
import type { Details } from '../../../../shared/document/details.ts'
import type { DetailsField } from '../DetailsField.ts'

/** Renders again when this list looks different, not when a letter is typed in it. Answers the details. */
export function useLook(field: DetailsField, name: keyof Details): Details {
  useSyncExternalStore(field.onLook, () => field.look(name))
  return field.read()
}

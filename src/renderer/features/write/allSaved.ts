import type { Section } from '../../../shared/document/document.ts'
import type { Autosave } from '../../editor/Autosave.ts'

type Saving = Pick<Autosave<unknown>, 'flush' | 'unsaved' | 'revision'>

/** A flush carries what was typed until it began; somebody may type on. */
export async function allSaved(autosave: Omit<Saving, 'revision'>): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (!(await autosave.flush())) return false
    if (!autosave.unsaved) return true
  }
  return false
}

/** What the store has as `revision`: these words, letter for letter. */
export interface SavedWords {
  readonly sections: readonly Section[]
  readonly revision: number
}

/** Everything on the screen, once all of it is saved; null when it cannot be saved now. */
export async function savedWords(pen: {
  readonly group: { read(): readonly Section[] }
  readonly autosave: Saving
}): Promise<SavedWords | null> {
  if (!(await allSaved(pen.autosave))) return null
  return { sections: pen.group.read(), revision: pen.autosave.revision }
}

/** Runs one act at a time; what comes while one is under way is not begun: it was asked of words that are moving. */
export function oneAtATime(): (act: () => Promise<void>) => Promise<void> {
  let busy = false
  return async (act) => {
    if (busy) return
    busy = true
    try {
      await act()
    } finally {
      busy = false
    }
  }
}

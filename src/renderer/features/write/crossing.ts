/** What became of words that were to cross the wall. In every case they are in at least one of the two notes. */
export type Crossed =
  | 'moved'
  | 'copied'
  /** They are not saved where they went; nothing was taken out. */
  | 'not-saved'
  /** They are saved where they went; the private room closed before they could be taken out. */
  | 'not-remembered'
  /** They are saved where they went; what stands here is not what crossed any more, so it stays. */
  | 'changed'

export interface CrossingSteps {
  /** Puts the words where they go, unless these very words stand there already (a second try, or after a crash). */
  place(): void
  /** Resolves true after COMMIT. */
  saveThere(): Promise<boolean>
  /** Remembers the crossing, in the private room alone. Rejects when it cannot. */
  remember(): Promise<void>
  /** Takes the words out, if they are still the same. */
  takeOut(): boolean
  saveHere(): Promise<boolean>
}

/**
 * Over the wall, which no transaction spans: the words are saved where they go before they are taken out where they
 * were. Broken off anywhere, they stand in both, never in none.
 */
export async function carryAcross(how: 'move' | 'copy', steps: CrossingSteps): Promise<Crossed> {
  steps.place()
  if (!(await steps.saveThere())) return 'not-saved'
  try {
    await steps.remember()
  } catch {
    return 'not-remembered'
  }
  if (how === 'copy') return 'copied'
  if (!steps.takeOut()) return 'changed'
  // If this fails it is tried again, and the saved state under the note says so.
  await steps.saveHere()
  return 'moved'
}

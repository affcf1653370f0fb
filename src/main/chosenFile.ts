import { readFile, stat } from 'node:fs/promises'

/** The bytes of a file that a person chose, or why there are none: larger than `most`, gone since, or no file at all. */
export async function chosenFile(
  file: string,
  most: number,
): Promise<Uint8Array | 'UNREACHABLE' | 'TOO_BIG'> {
  try {
    const found = await stat(file)
    if (!found.isFile()) return 'UNREACHABLE'
    return found.size > most ? 'TOO_BIG' : await readFile(file)
  } catch {
    return 'UNREACHABLE'
  }
}

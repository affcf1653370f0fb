import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A word as it may lie in a file: as Node and SQLite write it, and as Chromium and Windows do. */
const spellings = (word: string): readonly Buffer[] => {
  const little = Buffer.from(word, 'utf16le')
  return [Buffer.from(word, 'utf8'), little, Buffer.from(little).swap16()]
}

export const holds = (content: Buffer, word: string): boolean =>
  spellings(word).some((spelling) => content.includes(spelling))

/**
 * Every place under the given directories in which one of the words stands, in UTF-8, UTF-16LE or UTF-16BE:
 * in a file, in a file's name, in the target of a link. Sockets and devices are passed by.
 */
export function filesWith(words: readonly string[], directories: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (file: string): void => {
    const facts = lstatSync(file, { throwIfNoEntry: false })
    if (facts === undefined) return
    for (const word of words) if (path.basename(file).includes(word)) found.add(`${file} (its name): ${word}`)
    if (facts.isDirectory()) {
      for (const name of readdirSync(file)) visit(path.join(file, name))
    } else if (facts.isFile()) {
      let content: Buffer
      try {
        content = readFileSync(file)
      } catch {
        return
      }
      for (const word of words) if (holds(content, word)) found.add(`${file}: ${word}`)
    }
  }
  for (const directory of directories) visit(directory)
  return [...found]
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Does every typed word begin a word of the text? Accents and case do not matter. */
export function matches(text: string, typed: string): boolean {
  const words = plain(text).split(/[\s\-'’.]+/u)
  return plain(typed)
    .split(/\s+/u)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)) || plain(text).includes(part))
}

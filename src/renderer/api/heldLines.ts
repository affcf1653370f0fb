/*
 * Lines that were left in a field and could not be kept (a full disk, one letter too many): they stand in the
 * field again when it comes back on the screen. In this page's memory alone.
 */
const lines = new Map<string, string>()

export const holdLine = (field: string, text: string): void => void lines.set(field, text)

export function takeLine(field: string): string | undefined {
  const text = lines.get(field)
  lines.delete(field)
  return text
}

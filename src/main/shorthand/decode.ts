/**
 * The text of a CSV, whichever encoding it came in: a mark at the start counts; without one UTF-16 is seen by its zero
 * bytes, and what is not UTF-8 is what Windows used before. Null: no text at all (an image, a workbook).
 */
export function decodeText(bytes: Uint8Array): string | null {
  const wide = wideEncoding(bytes)
  if (wide !== null) return new TextDecoder(wide).decode(bytes)
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  // Without a mark: in a table of mostly Latin letters half of all bytes are zero, and always the same half.
  const head = bytes.subarray(0, 512 - (bytes.length < 512 ? bytes.length % 2 : 0))
  let even = 0
  let odd = 0
  head.forEach((byte, i) => {
    if (byte !== 0) return
    if (i % 2 === 0) even += 1
    else odd += 1
  })
  const half = head.length / 2
  if (odd > half * 0.6 && even === 0) return 'utf-16le'
  if (even > half * 0.6 && odd === 0) return 'utf-16be'
  return null
}

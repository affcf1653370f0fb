/**
 * From the bytes of a file to its unfolded lines. Lines are unfolded as bytes, before anything is decoded: some
 * products fold in the middle of a UTF-8 character.
 */
export type Decoded = { readonly text: string; readonly damaged: boolean } | 'EMPTY' | 'ENCODING'

const CR = 13
const LF = 10
const TAB = 9
const SPACE = 32

/** One logical line per "\n". NULs are taken out (and told). */
export function decodeCalendar(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes)
  if (wide === 'utf-32') return 'ENCODING'
  if (wide !== null) {
    const text = new TextDecoder(wide).decode(bytes)
    return unfolded(new TextEncoder().encode(text), text.includes('\ufffd'))
  }
  return unfolded(bytes, false)
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32' | null {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    return 'utf-32'
  }
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  // Without a mark: "B\0E\0" or "\0B\0E".
  if (a !== undefined && a !== 0 && b === 0 && c !== undefined && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b !== undefined && b !== 0 && c === 0 && d !== undefined && d !== 0) return 'utf-16be'
  return null
}

function unfolded(bytes: Uint8Array, damagedBefore: boolean): Decoded {
  const indented = isIndented(bytes)
  const out = new Uint8Array(bytes.length + 1)
  let length = 0
  let damaged = damagedBefore
  let blank = true
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    if (byte === CR || byte === LF) {
      // "\r\r\n" is one end of a line: a file that went through two conversions.
      while (bytes[at] === CR) at++
      if (bytes[at] === LF) at++
      const next = bytes[at]
      if (next === SPACE || next === TAB) {
        if (!indented) {
          at++
          continue
        }
        let start = at
        while (bytes[start] === SPACE || bytes[start] === TAB) start++
        at = start
        if (!beginsProperty(bytes, start)) continue
      }
      out[length++] = LF
      continue
    }
    at++
    if (byte === 0) {
      damaged = true
      continue
    }
    if (byte !== SPACE && byte !== TAB) blank = false
    out[length++] = byte
  }
  if (blank) return 'EMPTY'
  return { text: decode(out.subarray(0, length)), damaged }
}

/** A file whose every line is set in, as some systems pretty-print it: the space there is no fold. */
function isIndented(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 8192))
  return (head.match(/[\r\n][ \t]+(?:BEGIN|END|UID|DTSTART|DTEND|SUMMARY)[:;]/gi) ?? []).length >= 3
}

function beginsProperty(bytes: Uint8Array, at: number): boolean {
  let end = at
  while (end < at + 40) {
    const byte = bytes[end] ?? 0
    const letter = (byte >= 65 && byte <= 90) || byte === 45
    if (!letter) return end > at + 1 && (byte === 58 || byte === 59)
    end++
  }
  return false
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return mixed(bytes)
  }
}

/** A file with so many lines that are no UTF-8 has none that are; each try costs. */
const MOST_FAILED = 20_000

/** Line by line: one Latin-1 title in a UTF-8 file costs no other line its letters. */
function mixed(bytes: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const windows = new TextDecoder('windows-1252')
  const parts: string[] = []
  let from = 0
  let failed = 0
  while (from <= bytes.length) {
    const found = bytes.indexOf(LF, from)
    const to = found === -1 ? bytes.length : found
    const line = bytes.subarray(from, to)
    try {
      parts.push(failed < MOST_FAILED ? utf8.decode(line) : windows.decode(line))
    } catch {
      failed += 1
      parts.push(windows.decode(line))
    }
    from = to + 1
  }
  return parts.join('\n')
}

import ICAL from 'ical.js'

/** A content line taken apart; its value is as it stands in the file. */
export interface Property {
  readonly value: string
  /** VALUE=…, in small letters; empty where none stands. */
  readonly type: string
  readonly tzid: string
  readonly range: string
  readonly name: string
  readonly encoding: string
}

/**
 * ical.js takes the line apart (quotes, carets); values are read here, since it refuses or bends those of many
 * products. Null prototypes: a property called `constructor` is a property like any other.
 */
const RAW = {
  property: Object.create(null) as object,
  param: Object.create(null) as object,
  value: Object.create(null) as object,
  propertyGroups: false,
}

const param = (params: Record<string, unknown>, name: string): string => {
  if (!Object.hasOwn(params, name)) return ''
  const value = params[name]
  return typeof value === 'string' ? value : ''
}

type ParseProperty = (line: string, design: typeof RAW) => [string, Record<string, unknown>, string, unknown]
const parseProperty = ICAL.parse.property as unknown as ParseProperty

/** Null where the line is no property at all. */
export function readProperty(line: string): Property | null {
  try {
    const [, params, type, value] = parseProperty(line, RAW)
    if (typeof value !== 'string') return null
    return {
      value,
      type: type === 'unknown' ? '' : type,
      tzid: param(params, 'tzid'),
      range: param(params, 'range').toUpperCase(),
      name: param(params, 'cn'),
      encoding: param(params, 'encoding').toUpperCase(),
    }
  } catch {
    return null
  }
}

const VALUE_OF_TIME = /^[^;:]{1,64}(;.*)?:\s*(\d{4}-?\d\d-?\d\d.*)$/s

/** A property whose value is dates. Also understands a zone name with a colon that nobody quoted. */
export function readTimes(line: string): Property | null {
  const strict = readProperty(line)
  if (strict !== null && /^\s*\d{4}/.test(strict.value) && !/[()]/.test(strict.tzid)) return strict
  if (strict !== null && strict.value.trim() === '') return strict
  const head = line.slice(0, 2_000)
  const found = VALUE_OF_TIME.exec(head)
  if (found === null) return strict
  const params = found[1] ?? ''
  const tzid = /;TZID=("?)(.*?)\1(?=;[A-Z-]+=|$)/is.exec(params)?.[2] ?? ''
  return {
    value: (found[2] ?? '') + line.slice(2_000),
    type: /;VALUE=([A-Z-]+)/i.exec(params)?.[1]?.toLowerCase() ?? '',
    tzid,
    range: /;RANGE=([A-Z]+)/i.exec(params)?.[1]?.toUpperCase() ?? '',
    name: '',
    encoding: '',
  }
}

/** RFC 5545 TEXT, on one line or several. */
export function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign))
}

// oxlint-disable-next-line no-control-regex -- these are exactly the characters that are taken out
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/gu
// oxlint-disable-next-line no-control-regex -- a half of a pair cannot be stored as UTF-8
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Nothing unprintable, composed, no longer than `max`. */
export function cleanText(text: string, max: number): string {
  return text
    .slice(0, max * 2)
    .replace(/\r\n?/g, '\n')
    .replace(UNPRINTABLE, ' ')
    .normalize('NFC')
    .slice(0, max)
    .replace(LONE, '')
    .trim()
}

export const oneLine = (text: string, max: number): string => cleanText(text.replace(/\s+/gu, ' '), max)

/** The text of a property, with vCalendar 1.0's quoted-printable understood. */
export function textOf(property: Property): string {
  if (property.encoding === 'QUOTED-PRINTABLE') {
    const bytes = property.value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0) & 0xff))
  }
  return unescaped(property.value)
}

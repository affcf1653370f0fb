import windowsZones from 'cldr-core/supplemental/windowsZones.json' with { type: 'json' }

interface MapZone {
  readonly mapZone: { readonly _other: string; readonly _type: string; readonly _territory: string }
}

/** Windows' name in small letters → IANA names, the one for the whole zone ("001") first. */
const byName = new Map<string, string[]>()
for (const { mapZone } of windowsZones.supplemental.windowsZones.mapTimezones as readonly MapZone[]) {
  const key = mapZone._other.toLowerCase()
  const list = byName.get(key) ?? []
  for (const name of mapZone._type.split(' ')) if (!list.includes(name)) list.push(name)
  byName.set(key, list)
}

/** Names that Windows has given up, but that stand in old calendars. */
const RETIRED: readonly (readonly [string, string])[] = [
  ['mexico standard time', 'America/Mexico_City'],
  ['mexico standard time 2', 'America/Mazatlan'],
  ['mid-atlantic standard time', 'Atlantic/South_Georgia'],
  ['kamchatka standard time', 'Asia/Kamchatka'],
  ['armenian standard time', 'Asia/Yerevan'],
  ['coordinated universal time', 'UTC'],
  ['us eastern daylight time', 'America/Indiana/Indianapolis'],
  ['eastern daylight time', 'America/New_York'],
  ['central daylight time', 'America/Chicago'],
  ['mountain daylight time', 'America/Denver'],
  ['pacific daylight time', 'America/Los_Angeles'],
]
for (const [name, zone] of RETIRED) if (!byName.has(name)) byName.set(name, [zone])

export const WINDOWS_ZONES: readonly string[] = [...byName.values()].flatMap((names) => names.slice(0, 1))

/** The IANA zone of a Windows name; the person's own one where that is one of it. Null: no such name. */
export function windowsZone(name: string, home: string): string | null {
  const names = byName.get(name.toLowerCase())
  if (names === undefined) return null
  return names.includes(home) ? home : (names[0] ?? null)
}

/** Windows shows "(UTC-05:00) Eastern Time (US & Canada)", and older Outlook writes what Windows shows. */
const SHOWN: readonly (readonly [RegExp, string])[] = [
  [/^eastern (?:standard |daylight )?time\b(?!.*(?:mexico|australia))/i, 'America/New_York'],
  [/^central (?:standard |daylight )?time\b(?!.*(?:mexico|australia))/i, 'America/Chicago'],
  [/^mountain (?:standard |daylight )?time\b(?!.*mexico)/i, 'America/Denver'],
  [/^pacific (?:standard |daylight )?time\b(?!.*mexico)/i, 'America/Los_Angeles'],
  [/^atlantic (?:standard |daylight )?time\b/i, 'America/Halifax'],
  [/^(?:eastern|us eastern)\b/i, 'America/New_York'],
  [/^central \(us/i, 'America/Chicago'],
  [/^mountain \(us/i, 'America/Denver'],
  [/^pacific \(us/i, 'America/Los_Angeles'],
  [/^arizona/i, 'America/Phoenix'],
  [/^alaska/i, 'America/Anchorage'],
  [/^hawaii/i, 'Pacific/Honolulu'],
  [/^indiana/i, 'America/Indiana/Indianapolis'],
  [/^saskatchewan/i, 'America/Regina'],
  [/^newfoundland/i, 'America/St_Johns'],
  [/^coordinated universal time|^utc$/i, 'UTC'],
  [/^greenwich mean time|dublin.*(?:edinburgh|édimbourg|edimburgo)/i, 'Europe/London'],
  [/amsterdam.*berlin/i, 'Europe/Berlin'],
  [/br(?:u|ü)(?:ss|x)el.*(?:madrid|paris)/i, 'Europe/Paris'],
  [/belgrad.*(?:bratislava|budapest)/i, 'Europe/Budapest'],
  [/saraje.*(?:skop|warsaw|warschau|varsov)/i, 'Europe/Warsaw'],
  [/helsinki.*(?:ky(?:iv|iev)|kiew)/i, 'Europe/Helsinki'],
  [/ath(?:ens|en|ènes|enas).*buc?[ck]ar/i, 'Europe/Athens'],
  [/chennai.*(?:mumbai|kolkata)/i, 'Asia/Kolkata'],
  [/osaka.*tok[iy]o/i, 'Asia/Tokyo'],
  [/canberra.*sydney/i, 'Australia/Sydney'],
  [/(?:beijing|peking|pékin).*hong ?kong/i, 'Asia/Shanghai'],
  [/auckland.*wellington/i, 'Pacific/Auckland'],
]

/** North America's four, by their offset, for the languages in which the words are others. */
const NORTH_AMERICA: ReadonlyMap<number, string> = new Map([
  [-240, 'America/Halifax'],
  [-300, 'America/New_York'],
  [-360, 'America/Chicago'],
  [-420, 'America/Denver'],
  [-480, 'America/Los_Angeles'],
  [-540, 'America/Anchorage'],
])

export interface ShownName {
  /** Minutes east of UTC that stand in front; null where none do. */
  readonly offset: number | null
  /** IANA names that may be meant, likeliest first. */
  readonly zones: readonly string[]
}

const cities = new Map<string, string[]>()
for (const zone of Intl.supportedValuesOf('timeZone')) {
  const city = (zone.split('/').at(-1) ?? '').replace(/_/g, ' ').toLowerCase()
  cities.set(city, [...(cities.get(city) ?? []), zone])
}

/** What a name that is meant to be read may stand for, in whatever language. */
export function shownName(text: string): ShownName {
  const found = /^\(?\s*(?:UTC|GMT)\s*(?:([+-])\s*(\d{1,2})(?:[:.](\d\d))?)?\s*\)?\s*/i.exec(text)
  const prefixed = found !== null && (found[1] !== undefined || text.startsWith('('))
  const words = prefixed && found !== null ? text.slice(found[0].length) : text
  const minutes = found === null ? 0 : Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0)
  const offset = prefixed ? (found?.[1] === '-' ? -minutes : minutes) : null
  const zones: string[] = []
  for (const [pattern, zone] of SHOWN) if (pattern.test(words.trim())) zones.push(zone)
  for (const part of words.split(/[,;/]/)) zones.push(...(cities.get(part.trim().toLowerCase()) ?? []))
  if (offset !== null && /(?:\bUSA?\b|EE\.? ?UU|É\.-U|U\.S\.|États-Unis|Canad)/i.test(words)) {
    const zone = NORTH_AMERICA.get(offset)
    if (zone !== undefined) zones.push(zone)
  }
  return { offset, zones: [...new Set(zones)] }
}

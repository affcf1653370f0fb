const formats = new Map<string, Intl.DateTimeFormat>()

/** The zone, or UTC where this machine does not know it (a zone that was renamed, a forged one). */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === '' ? 'UTC' : zone
  } catch {
    return 'UTC'
  }
}

/** The calendar day of an instant on a wall in that zone, 'YYYY-MM-DD'. */
export function dayIn(instant: number, zone: string): string {
  let format = formats.get(zone)
  if (format === undefined) {
    // Swedish writes a date as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: knownZone(zone), dateStyle: 'short' })
    formats.set(zone, format)
  }
  return format.format(instant)
}

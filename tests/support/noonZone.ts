/**
 * A zone in which it is about noon: what happened an hour ago and what comes in an hour then lie on one day, at
 * whatever hour the tests run. (The sign of these names is the wrong way round: Etc/GMT-3 is three hours ahead.)
 */
export function noonZone(now = new Date()): string {
  const ahead = 12 - now.getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

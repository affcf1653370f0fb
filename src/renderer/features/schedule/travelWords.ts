/** "Travel 20 min there, 25 min back"; null where there is none. */
export function travelText({
  travelBefore,
  travelAfter,
}: {
  readonly travelBefore: number
  readonly travelAfter: number
}): string | null {
  const ways = [
    travelBefore > 0 ? `${travelBefore} min there` : '',
    travelAfter > 0 ? `${travelAfter} min back` : '',
  ].filter((way) => way !== '')
  return ways.length === 0 ? null : `Travel ${ways.join(', ')}`
}

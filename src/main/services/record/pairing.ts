/** Something that stands at an occurrence now. `fixed`: it stays, and no other may take its place. */
export interface Standing<T> {
  readonly key: string
  readonly fixed: boolean
  /** Shown on the schedule; what was taken away is brought back only for its very own occurrence. */
  readonly live: boolean
  readonly of: T
}

/**
 * Which of what stands becomes which of the wanted occurrences (walls, "2026-01-13T15:00:00"), so that a session
 * keeps its identity, and what hangs on it, when its series moves: the very same start, else the same day, else the
 * same week (Monday to Sunday), else the same month. What is fixed chooses first: Tuesday's session that was moved
 * by hand is still that week's session when the series goes to Thursdays, and no second one is made.
 *
 * @returns by wanted wall; whatever is in no pair is to go, or to be made.
 */
export function pair<T>(
  wanted: readonly string[],
  standing: readonly Standing<T>[],
  monthly: boolean,
): Map<string, Standing<T>> {
  const pairs = new Map<string, Standing<T>>()
  const left = new Set(standing)
  for (const near of [same, sameDay, weekOf, ...(monthly ? [monthOf] : [])]) {
    const places = new Map<string, string[]>()
    for (const wall of wanted) {
      if (pairs.has(wall)) continue
      const place = near(wall)
      places.set(place, [...(places.get(place) ?? []), wall])
    }
    for (const one of inTurn(left)) {
      if (!one.live && near !== same && !one.fixed) continue
      const wall = places.get(near(one.key))?.shift()
      if (wall === undefined) continue
      pairs.set(wall, one)
      left.delete(one)
    }
  }
  return pairs
}

const inTurn = <T>(standing: ReadonlySet<Standing<T>>): Standing<T>[] =>
  [...standing].sort((a, b) => Number(b.fixed) - Number(a.fixed) || (a.key < b.key ? -1 : 1))

const same = (wall: string): string => wall
const sameDay = (wall: string): string => wall.slice(0, 10)
const monthOf = (wall: string): string => wall.slice(0, 7)

/** The Monday of its week. */
export function weekOf(wall: string): string {
  const day = new Date(`${wall.slice(0, 10)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

/** What the margins of a day are drawn from; instants in epoch milliseconds, travel in minutes. */
export interface Timed {
  readonly startsAt: number
  readonly endsAt: number
  readonly travelBefore: number
  readonly travelAfter: number
}

export interface Margin {
  /** `shared`: the one gap between neighbours, in which the one note is written and the next session looked up. */
  readonly kind: 'review' | 'writing' | 'shared' | 'travel'
  readonly from: number
  readonly to: number
}

const MINUTE = 60_000

/**
 * Review time before and writing time after each session (source 000: ten to fifteen minutes around each), outside
 * of any travel. Neighbours that leave less than both between them share what there is; where sessions touch or
 * clash there is none. Nothing reaches into another session.
 */
export function marginsOf(
  sessions: readonly Timed[],
  { reviewMinutes, writingMinutes }: { reviewMinutes: number; writingMinutes: number },
): Margin[] {
  const ordered = sessions
    .map((s) => ({
      startsAt: s.startsAt,
      endsAt: s.endsAt,
      leaves: s.startsAt - s.travelBefore * MINUTE,
      isBack: s.endsAt + s.travelAfter * MINUTE,
    }))
    .sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt)
  const margins: Margin[] = []
  const add = (kind: Margin['kind'], from: number, to: number) => {
    if (to > from) margins.push({ kind, from, to })
  }
  // The latest that anything before has lasted: a long session may outlast the one that began after it.
  let before: { endsAt: number; isBack: number } | null = null
  for (const next of ordered) {
    const free: number = before === null ? -Infinity : before.endsAt
    const travelFrom = Math.max(next.leaves, free)
    const reviewFrom = travelFrom - reviewMinutes * MINUTE
    if (before === null) {
      add('review', reviewFrom, travelFrom)
    } else {
      const backAt = Math.min(before.isBack, Math.max(travelFrom, before.endsAt))
      const wrote = backAt + writingMinutes * MINUTE
      add('travel', before.endsAt, backAt)
      if (wrote > reviewFrom) add('shared', backAt, travelFrom)
      else {
        add('writing', backAt, wrote)
        add('review', reviewFrom, travelFrom)
      }
    }
    add('travel', travelFrom, next.startsAt)
    if (before === null || next.endsAt >= before.endsAt) before = next
  }
  if (before !== null) {
    add('travel', before.endsAt, before.isBack)
    add('writing', before.isBack, before.isBack + writingMinutes * MINUTE)
  }
  return margins
}

/** So much a note may be on its way to the store, as JSON in UTF-16 units; what is larger is refused TOO_LARGE. */
export const NOTE_LIMIT = 12_000_000
/** And so much all that is held back together, through a lock. */
export const HELD_LIMIT = 12_000_000

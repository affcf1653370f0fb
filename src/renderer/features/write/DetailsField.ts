import { type Details, ROWS_MAX, ROWS_STORED_MAX } from '../../../shared/document/details.ts'

/** The parts of the structured half that are lists of rows. */
export type ListName = Exclude<keyof Details, 'noMedication'>
export type RowOf<L extends ListName> = Details[L][number]

/** A row, and the name by which the screen knows it while it changes. */
export interface Entry<R> {
  readonly id: number
  readonly row: R
}

/**
 * The structured half while it is being written. It lives outside React, as the words do: what is saved is what
 * stands here. A letter that is typed tells the autosave and nobody else; only what changes the look of a part (a
 * row more, a choice, a line that begins or ends) tells the part.
 */
export class DetailsField {
  readonly #saving = new Set<() => void>()
  readonly #looking = new Set<() => void>()
  readonly #looks = new Map<keyof Details, number>()
  readonly #ids = new WeakMap<object, number>()
  /** Rows that stand on the screen to be written in and are not in the note: nothing was written in them. */
  readonly #starters = new Map<string, object>()
  #lastId = 0
  #details: Details

  constructor(start: Details) {
    this.#details = start
  }

  readonly read = (): Details => this.#details

  readonly set = (change: Partial<Details>): void => {
    this.#put(change)
    for (const name of Object.keys(change) as (keyof Details)[]) this.#looks.set(name, this.look(name) + 1)
    for (const listener of this.#looking) listener()
  }

  /** Every change, every letter: for the autosave. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#saving.add(listener)
    return () => void this.#saving.delete(listener)
  }

  /** What a part looks like has changed; `look` says whose. */
  readonly onLook = (listener: () => void): (() => void) => {
    this.#looking.add(listener)
    return () => void this.#looking.delete(listener)
  }

  /** Another number whenever this list looks different. */
  look(name: keyof Details): number {
    return this.#looks.get(name) ?? 0
  }

  /** The rows of a list (those that `mine` takes), or where there is none, a blank one to begin in. */
  entries<L extends ListName>(
    list: L,
    blank: RowOf<L>,
    { at = '', mine = () => true }: { at?: string; mine?: (row: RowOf<L>) => boolean } = {},
  ): Entry<RowOf<L>>[] {
    const rows = this.#rows(list).filter(mine)
    if (rows.length > 0) return rows.map((row) => ({ id: this.#id(row), row }))
    const place = `${list} ${at}`
    const starter = (this.#starters.get(place) as RowOf<L> | undefined) ?? { ...blank }
    this.#starters.set(place, starter)
    return [{ id: this.#id(starter), row: starter }]
  }

  /** False when the list is full. What the row is now is what is saved. */
  write<L extends ListName>(list: L, id: number, change: Partial<RowOf<L>>): boolean {
    const rows = this.#rows(list)
    const before = rows.find((row) => this.#id(row) === id) ?? this.#starterOf(list, id)
    if (before === undefined) return false
    const after: RowOf<L> = { ...before, ...change }
    const stands = rows.includes(before)
    // What stands on the screen to be written in takes what is written, also where two versions were put together.
    if (!stands && rows.length >= ROWS_STORED_MAX) return false
    this.#ids.set(after, id)
    for (const [place, starter] of this.#starters) if (starter === before) this.#starters.delete(place)
    const next = stands ? rows.map((row) => (row === before ? after : row)) : [...rows, after]
    const put = { [list]: next } as unknown as Partial<Details>
    if (stands && looksAlike(before, after)) this.#put(put)
    else this.set(put)
    return true
  }

  /** Puts a row at the end, or where it stood. Answers its id, or null when the list is full. */
  add<L extends ListName>(list: L, row: RowOf<L>, place = Number.POSITIVE_INFINITY): number | null {
    if (this.full(list)) return null
    const rows = this.#rows(list)
    const id = this.#id(row)
    this.set({ [list]: [...rows.slice(0, place), row, ...rows.slice(place)] } as unknown as Partial<Details>)
    return id
  }

  /** Takes a row away and answers what puts it back, where it stood; that says false while the list is full. */
  remove(list: ListName, id: number): () => boolean {
    const rows = this.#rows(list)
    const place = rows.findIndex((row) => this.#id(row) === id)
    const row = rows[place]
    if (row === undefined) return () => false
    this.set({ [list]: rows.filter((each) => each !== row) })
    return () => this.add(list, row, place) !== null
  }

  full(list: ListName): boolean {
    return this.#details[list].length >= ROWS_MAX
  }

  #rows<L extends ListName>(list: L): readonly RowOf<L>[] {
    return this.#details[list]
  }

  #starterOf<L extends ListName>(list: L, id: number): RowOf<L> | undefined {
    const found = [...this.#starters].find(
      ([place, row]) => place.startsWith(`${list} `) && this.#id(row) === id,
    )
    return found?.[1] as RowOf<L> | undefined
  }

  #put(change: Partial<Details>): void {
    this.#details = { ...this.#details, ...change }
    for (const listener of this.#saving) listener()
  }

  #id(row: object): number {
    const known = this.#ids.get(row)
    if (known !== undefined) return known
    this.#lastId += 1
    this.#ids.set(row, this.#lastId)
    return this.#lastId
  }
}

/** Only words differ, and none of them began or ended. */
function looksAlike(before: object, after: object): boolean {
  const values = new Map(Object.entries(before))
  return Object.entries(after).every(([name, value]) => {
    const was: unknown = values.get(name)
    return typeof value === 'string' && typeof was === 'string'
      ? (value.trim() === '') === (was.trim() === '')
      : value === was
  })
}

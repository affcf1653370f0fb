import type { DetailPartName } from '../../../shared/document/detailLines.ts'
import {
  BOX_MAX,
  BOXES_MAX,
  type Format,
  FORMAT_SECTIONS_MAX,
  GROUPS_MAX,
  LABEL_MAX,
  PROMPT_MAX,
} from '../../../shared/document/formats/format.ts'
import { UNPRINTABLE } from '../../../shared/contract/values.ts'

/** A heading while its format is being made. `key` is null until it is kept for the first time. */
export interface DraftSection {
  readonly id: number
  readonly key: string | null
  readonly label: string
  readonly prompt: string
  readonly required: boolean
}

/** Boxes under one heading; what can be ticked, one a line. */
export interface DraftGroup {
  readonly id: number
  readonly key: string | null
  readonly label: string
  readonly options: string
}

export interface FormatDraft {
  readonly name: string
  readonly sections: readonly DraftSection[]
  readonly groups: readonly DraftGroup[]
  readonly parts: readonly DetailPartName[]
}

let made = 0
export const newSection = (): DraftSection => ({
  id: ++made,
  key: null,
  label: '',
  prompt: '',
  required: false,
})
export const newGroup = (): DraftGroup => ({ id: ++made, key: null, label: '', options: '' })

/** What a format is made of, to be changed. A copy keeps the keys: words move between the two by themselves. */
export const draftOf = (format: Format, name = format.name): FormatDraft => ({
  name,
  sections: format.sections.map((section) => ({ ...section, id: ++made })),
  groups: format.boxes.map(({ key, label, options }) => ({
    id: ++made,
    key,
    label,
    options: options.join('\n'),
  })),
  parts: format.parts,
})

export const emptyDraft = (): FormatDraft => ({
  name: '',
  sections: [newSection()],
  groups: [],
  parts: [],
})

/** The list with the one at `at` a place further up (-1) or down (1); the same list at the ends. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const [one, other] = [list[at], list[at + by]]
  if (one === undefined || other === undefined) return list
  return list.map((each, place) => (place === at ? other : place === at + by ? one : each))
}

const KEY_MAX = 32

/** Letters and hyphens, from the heading, and nobody else's: what notes will know these words by. */
export function keyFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
  for (let copy = 0; ; copy += 1) {
    const tail = copy === 0 ? '' : `-${letters(copy)}`
    const key =
      `own-${plain === '' ? 'heading' : plain}`.slice(0, KEY_MAX - tail.length).replace(/-+$/u, '') + tail
    if (!taken.has(key)) return key
  }
}

/** 1 → b, 25 → z, 26 → ba: the same heading a second time is its second. */
function letters(count: number): string {
  const rest = Math.floor(count / 26)
  return (rest === 0 ? '' : letters(rest)) + String.fromCharCode(97 + (count % 26))
}

export type Checked =
  | { readonly ok: true; readonly format: Omit<Format, 'key'> }
  /** `field` is 'name', 'sections', or the id of a row; `of` which field of it. */
  | { readonly ok: false; readonly field: string; readonly sentence: string }

/** The draft as a format, or the first thing in it that cannot stay as it is. `names` are those of other formats. */
export function check(draft: FormatDraft, names: readonly string[]): Checked {
  const wrong = (field: string, sentence: string): Checked => ({ ok: false, field, sentence })
  const unfit = (text: string, max: number, what: string): string | undefined =>
    text.length > max
      ? `${what} has room for ${max} letters; this has ${text.length}.`
      : UNPRINTABLE.test(text)
        ? `There is a character in it that cannot be shown. Please type it again.`
        : undefined

  const name = tidy(draft.name)
  if (name === '') return wrong('name', 'Please give the format a name.')
  const badName = unfit(name, LABEL_MAX, 'A name')
  if (badName !== undefined) return wrong('name', badName)
  if (names.some((other) => other.toLowerCase() === name.toLowerCase()))
    return wrong('name', 'There is a format of that name already. Please choose another one.')

  if (draft.sections.length === 0)
    return wrong('sections', 'A note needs at least one heading to write under. Please add one.')
  if (draft.sections.length > FORMAT_SECTIONS_MAX)
    return wrong('sections', `A format has room for ${FORMAT_SECTIONS_MAX} headings.`)
  const labels = new Set<string>()
  for (const section of draft.sections) {
    const label = tidy(section.label)
    if (label === '') return wrong(`${section.id}`, 'Please give this heading a name, or take it out.')
    const bad = unfit(label, LABEL_MAX, 'A heading')
    if (bad !== undefined) return wrong(`${section.id}`, bad)
    if (labels.has(label.toLowerCase()))
      return wrong(`${section.id}`, 'There is another heading of that name. Please tell the two apart.')
    labels.add(label.toLowerCase())
    const badPrompt = unfit(tidy(section.prompt), PROMPT_MAX, 'A prompt')
    if (badPrompt !== undefined) return wrong(`${section.id} prompt`, badPrompt)
  }

  if (draft.groups.length > GROUPS_MAX)
    return wrong('groups', `A format has room for ${GROUPS_MAX} groups of boxes.`)
  for (const group of draft.groups) {
    const label = tidy(group.label)
    if (label === '') return wrong(`${group.id}`, 'Please say what these boxes are about, or take them out.')
    const bad = unfit(label, LABEL_MAX, 'A heading')
    if (bad !== undefined) return wrong(`${group.id}`, bad)
    const options = optionsIn(group.options)
    if (options.length === 0)
      return wrong(`${group.id} options`, 'Please write at least one box, one a line.')
    if (options.length > BOXES_MAX)
      return wrong(
        `${group.id} options`,
        `A group has room for ${BOXES_MAX} boxes; these are ${options.length}.`,
      )
    const badBox = options.map((option) => unfit(option, BOX_MAX, 'A box')).find((one) => one !== undefined)
    if (badBox !== undefined) return wrong(`${group.id} options`, badBox)
  }
  return { ok: true, format: formatOf(draft, name) }
}

function formatOf(draft: FormatDraft, name: string): Omit<Format, 'key'> {
  const keysOf = (list: readonly { key: string | null; label: string }[]): string[] => {
    const taken = new Set(list.flatMap(({ key }) => key ?? []))
    return list.map(({ key, label }) => {
      const own = key ?? keyFor(label, taken)
      taken.add(own)
      return own
    })
  }
  const [keys, groupKeys] = [keysOf(draft.sections), keysOf(draft.groups)]
  return {
    name,
    sections: draft.sections.map(({ label, prompt, required }, at) => ({
      key: keys[at] ?? '',
      label: tidy(label),
      prompt: tidy(prompt),
      required,
    })),
    parts: [...draft.parts],
    boxes: draft.groups.map(({ label, options }, at) => ({
      key: groupKeys[at] ?? '',
      label: tidy(label),
      options: optionsIn(options),
    })),
  }
}

const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

const optionsIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map(tidy)
      .filter((line) => line !== ''),
  ),
]

import { z } from '../contract/schema.ts'

/**
 * The structured part of a progress note. Everything in it begins blank, and blank means "not assessed": there is no
 * way to set it all to normal at once, and nothing is filled in for anybody.
 */
const words = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'))
/** How much each thing may hold; the fields on screen take no more, and say so. */
export const CHOSEN_MAX = 40
/** As many as are offered to write. */
export const ROWS_MAX = 40
/** As many as are stored: two versions of a note that are both kept put their rows together. */
export const ROWS_STORED_MAX = 120
export const DETAIL_LINE_MAX = 400
export const DETAIL_SAID_MAX = 2_000
const chosen = z.array(words(80)).max(CHOSEN_MAX)
const line = words(DETAIL_LINE_MAX)
const said = words(DETAIL_SAID_MAX)
const lines = <T extends z.ZodType>(of: T) => z.array(of).max(ROWS_STORED_MAX)

/** One thing that was looked at: what was chosen of its list, and what was said about it. */
export const finding = z.strictObject({ key: z.string().max(40), chosen, said })

export const outcome = z.enum(['helped', 'mixed', 'no-change', 'not-helped'])
export type Outcome = z.infer<typeof outcome>

export const riskAnswer = z.enum(['denied', 'reported'])
export type RiskAnswer = z.infer<typeof riskAnswer>

export const details = z.strictObject({
  /** Affect and mental status, by the keys of `mentalStatus.ts`. */
  findings: lines(finding),
  medications: lines(z.strictObject({ name: line, dose: line, said: line })),
  /** Blank until answered: "none reported" is an answer, nothing is not. */
  noMedication: z.boolean(),
  interventions: lines(z.strictObject({ name: line, outcome: outcome.nullable(), said: line })),
  objectives: lines(z.strictObject({ text: line, said: line })),
  /** What was asked about and what was answered; a topic that is not here was not asked about. */
  risk: lines(z.strictObject({ topic: z.string().max(40), answer: riskAnswer, said })),
  decisions: lines(z.strictObject({ decision: said, reason: said })),
  /** Ticked boxes, under the heading and in the words that they had. */
  boxes: lines(z.strictObject({ key: z.string().max(40), label: words(120), chosen })),
})
export type Details = z.infer<typeof details>

export const noDetails: Details = {
  findings: [],
  medications: [],
  noMedication: false,
  interventions: [],
  objectives: [],
  risk: [],
  decisions: [],
  boxes: [],
}

import type { z } from './schema.ts'

/**
 * Who may call: the application's page, or the small page that takes passphrases (its own process and
 * origin, so that the application's renderer never sees one).
 */
export type Audience = 'app' | 'unlock'

/** What must be open before the handler runs. */
export type Needs = 'nothing' | 'record' | 'private'

export interface Channel<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly audience: Audience
  readonly needs: Needs
  readonly input: I
  readonly output: O
  /** Upper bound of the input as JSON, in UTF-16 units; checked before parsing. */
  readonly limit: number
}

const SMALL = 16_384

export function appChannel<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  more: { needs?: Needs; limit?: number } = {},
): Channel<I, O> {
  return { audience: 'app', needs: more.needs ?? 'record', input, output, limit: more.limit ?? SMALL }
}

export function unlockChannel<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Channel<I, O> {
  return { audience: 'unlock', needs: 'nothing', input, output, limit: SMALL }
}

import { z } from './schema.ts'

/** Values that several domains share. Instants are whole milliseconds since 1970 UTC. */
export const id = z.uuid()
export const EARLIEST = -2_208_988_800_000 // 1900
export const LATEST = 7_258_118_400_000 // 2200
export const instant = z.int().min(EARLIEST).max(LATEST)
export const zone = z.string().min(1).max(64)
export const nothing = z.strictObject({})

/** Control characters have no place in a one-line text; bidi overrides could make a name read as another. */
// oxlint-disable-next-line no-control-regex -- these are exactly the characters that are refused
export const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/u

/** One line that a person typed: trimmed, NFC, not empty, at most `max` UTF-16 units. */
export const line = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => !UNPRINTABLE.test(text)),
    )

/** As `line`, but may be empty. */
export const optionalLine = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .max(max)
        .refine((text) => !UNPRINTABLE.test(text)),
    )

/** Several lines that a person typed. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'))

export const NAME_MAX = 120
export const LINE_MAX = 300
export const date = z.iso.date()

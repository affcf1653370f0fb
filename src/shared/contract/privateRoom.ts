import { SECTION_TEXT_MAX, sectionKey, sections } from '../document/document.ts'
import { appChannel } from './channel.ts'
import { NOTE_LIMIT } from './limits.ts'
import { z } from './schema.ts'
import { snippet } from './search.ts'
import { spellingWord } from './spelling.ts'
import { id, instant, nothing, prose } from './values.ts'

export const privateNote = z.strictObject({
  /** 0 when nothing was written yet. */
  revision: z.int(),
  sections,
  updatedAt: instant.nullable(),
})
export type PrivateNote = z.infer<typeof privateNote>

/** A private note in a list: each section that holds words, in order. */
export const privateLine = z.strictObject({
  sessionId: id,
  updatedAt: instant,
  text: z.string(),
  parts: z.array(z.strictObject({ key: sectionKey, text: z.string() })),
})
export type PrivateLine = z.infer<typeof privateLine>

/** Which way words went over the wall, by their author's act. */
export const crossingDirection = z.enum(['to-progress', 'to-private'])
export type CrossingDirection = z.infer<typeof crossingDirection>

/** What has to be typed before a private note is destroyed. */
export const DESTROY_NOTE_WORD = 'DESTROY'

/** The private room. Rows name clients and sessions by id only; the page puts the two together. */
export const privateRoom = {
  state: appChannel(nothing, z.strictObject({ room: z.enum(['locked', 'open']) })),
  /** Asks for the passphrase in its own small window; answers when that window is done. */
  unlock: appChannel(nothing, z.strictObject({ opened: z.boolean() })),
  lock: appChannel(nothing, nothing),
  get: appChannel(z.strictObject({ sessionId: id }), privateNote, { needs: 'private' }),
  /** Whether anything private is written about this session; nothing of it is shown, so nothing is logged. */
  written: appChannel(z.strictObject({ sessionId: id }), z.strictObject({ written: z.boolean() }), {
    needs: 'private',
  }),
  /** LANE_OFF while private notes are switched off in the settings. */
  save: appChannel(
    z.strictObject({ sessionId: id, clientId: id, revision: z.int(), sections }),
    z.strictObject({ revision: z.int(), savedAt: instant }),
    { needs: 'private', limit: NOTE_LIMIT },
  ),
  /**
   * Remembers what crossed the wall, here and never in the record. Told after the words are saved where they went
   * and before they are taken out where they were. The same id a second time changes nothing.
   */
  crossed: appChannel(
    z.strictObject({
      id,
      sessionId: id,
      clientId: id,
      direction: crossingDirection,
      text: prose(SECTION_TEXT_MAX).min(1),
    }),
    z.strictObject({ at: instant }),
    { needs: 'private', limit: 2_000_000 },
  ),
  /** Final: the words, their index rows and what crossed of them. WORDS_DIFFER unless `word` is DESTROY_NOTE_WORD. */
  destroy: appChannel(
    z.strictObject({ sessionId: id, word: z.string().max(40) }),
    z.strictObject({ destroyedAt: instant }),
    { needs: 'private' },
  ),
  /** The newest private notes of a client, newest first. */
  forClient: appChannel(
    z.strictObject({ clientId: id }),
    z.strictObject({ notes: z.array(privateLine), more: z.boolean() }),
    { needs: 'private' },
  ),
  search: appChannel(
    z.strictObject({ text: z.string().max(200) }),
    z.strictObject({
      hits: z.array(
        z.strictObject({
          sessionId: id,
          clientId: id,
          updatedAt: instant,
          /** In which section the snippet stands; null when only a heading was found. */
          section: sectionKey.nullable(),
          snippet,
        }),
      ),
    }),
    { needs: 'private' },
  ),
  /** Words that spelling takes for right in private notes alone: they lie in this room's file. */
  spellingWords: appChannel(nothing, z.strictObject({ words: z.array(z.string()) }), { needs: 'private' }),
  addSpellingWord: appChannel(z.strictObject({ word: spellingWord }), nothing, { needs: 'private' }),
  removeSpellingWord: appChannel(z.strictObject({ word: spellingWord }), nothing, { needs: 'private' }),
}

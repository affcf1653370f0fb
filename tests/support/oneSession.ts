import type { Page } from '@playwright/test'
import type { LoopKind } from '../../src/shared/contract/loops.ts'
import { soap } from '../../src/shared/document/formats/builtIn.ts'
import { PRIVATE_SECTION } from '../../src/shared/document/privateDocument.ts'
import { ask, call, PASSPHRASE, unlock, type Running } from './application.ts'
import { soapNote } from './words.ts'

const MINUTE = 60_000
const LOOPS: readonly LoopKind[] = ['homework', 'plan', 'self', 'thread', 'task', 'risk']

/** Gives each field of the main job its word. */
export type Words = (field: string) => string

export interface Written {
  clientId: string
  sessionId: string
  noteId: string
}

export interface Made {
  readonly record: readonly string[]
  readonly private: readonly string[]
}

/** Sets up a vault as the page does, to its end; the page goes with it. Hands back the words of both sheets. */
export async function createVault(
  door: Page,
  {
    passphrase = PASSPHRASE,
    withoutKeychain = false,
    setting = 'practice',
  }: { passphrase?: string; withoutKeychain?: boolean; setting?: 'practice' | 'school' } = {},
): Promise<Made> {
  const made = await ask(door, 'vault', 'prepare', {
    setting,
    passphrase,
    withoutKeychain,
  })
  const answers = (sheet: 'record' | 'private') =>
    made.ask[sheet].map((place) => made[sheet][place - 1] ?? '')
  await ask(door, 'vault', 'confirmWords', { record: answers('record'), private: answers('private') })
  await call(door, 'vault', 'finish', {}).catch(() => undefined)
  return made
}

/** Opens the private room as a person does: in the small window that asks for the passphrase. */
export async function openPrivateRoom(running: Running, page: Page, passphrase = PASSPHRASE): Promise<void> {
  const asked = ask(page, 'privateRoom', 'unlock', {})
  const small = await running.door()
  // The window goes with the answer.
  await call(small, 'vault', 'unlockPrivate', { passphrase }).catch(() => undefined)
  const { opened } = await asked
  if (!opened) throw new Error('the private room did not open')
}

/** A client and a session that was over a quarter of an hour ago, with an empty draft. */
export async function addSession(page: Page, word: Words): Promise<Written> {
  const { clockOffset } = await ask(page, 'app', 'context', {})
  const now = Date.now() + clockOffset
  const { id: clientId } = await ask(page, 'clients', 'create', {
    name: word('name'),
    pronouns: word('pronouns'),
    birthDate: '1990-04-01',
    referralReason: word('referral'),
  })
  const { id: sessionId } = await ask(page, 'sessions', 'create', {
    clientId,
    kind: 'individual',
    startsAt: now - 65 * MINUTE,
    endsAt: now - 15 * MINUTE,
    zone: 'America/Chicago',
  })
  const { id: noteId } = await ask(page, 'notes', 'open', { sessionId })
  return { clientId, sessionId, noteId }
}

/**
 * The whole main job by its channels, each field with a word of its own: a client with flag, goal and loops of
 * each kind, a cancelled session with its line, a note with all its sections, the private note, a search.
 * Leaves the note a draft.
 */
export async function liveOneSession(running: Running, page: Page, word: Words): Promise<Written> {
  const written = await addSession(page, word)
  const { clientId, sessionId, noteId } = written
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, authorName: word('author') })
  await ask(page, 'clients', 'addFlag', { clientId, text: word('flag') })
  const { id: goalId } = await ask(page, 'goals', 'create', { clientId, text: word('goal') })
  for (const kind of LOOPS) await ask(page, 'loops', 'add', { clientId, sessionId, kind, text: word(kind) })
  const { setDown } = await ask(page, 'notes', 'read', { noteId })
  const homework = setDown.find((loop) => loop.kind === 'homework')
  if (homework === undefined) throw new Error('no homework was set down')
  await ask(page, 'loops', 'close', { id: homework.id, how: 'partly', outcome: word('outcome') })

  const later = { startsAt: Date.now() + 60 * MINUTE, endsAt: Date.now() + 110 * MINUTE, zone: 'UTC' }
  const { id: cancelled } = await ask(page, 'sessions', 'create', { clientId, kind: 'individual', ...later })
  await ask(page, 'sessions', 'setStatus', { id: cancelled, status: 'cancelled', line: word('cancellation') })

  await ask(page, 'notes', 'save', {
    noteId,
    revision: (await ask(page, 'notes', 'read', { noteId })).revision,
    ...soapNote(soap.sections.map(({ key }) => ({ key, text: word(key), lexical: null }))),
  })
  await ask(page, 'goals', 'link', { noteId, goalId, trend: 'better' })
  await openPrivateRoom(running, page)
  await ask(page, 'privateRoom', 'save', {
    sessionId,
    clientId,
    revision: 0,
    sections: [{ key: PRIVATE_SECTION, text: word('private'), lexical: null }],
  })
  await ask(page, 'privateRoom', 'search', { text: word('private') })
  await ask(page, 'notes', 'settle', { noteId })
  await ask(page, 'search', 'query', { text: word('search'), order: 'newest' })
  return written
}

/** Signs a draft; it is sealed ten seconds later, or at the next lock. */
export async function sign(page: Page, { noteId, sessionId }: Written, summary: string): Promise<number> {
  const [note, session] = await Promise.all([
    ask(page, 'notes', 'read', { noteId }),
    ask(page, 'sessions', 'get', { id: sessionId }),
  ])
  const { sealingUntil } = await ask(page, 'notes', 'sign', {
    noteId,
    revision: note.revision,
    actualStart: session.startsAt,
    actualEnd: session.endsAt,
    summary,
  })
  return sealingUntil
}

/** From Today to the first note that waits to be written, begun or not. */
export async function toThePen(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Write note|Go on writing)$/u })
    .first()
    .click()
}

/** Locks as Mod+Shift+L does and waits until the page and all it held is gone. */
export async function lock(running: Running, page: Page): Promise<Page> {
  const gone = page.isClosed() ? Promise.resolve() : page.waitForEvent('close').then(() => undefined)
  await call(page, 'app', 'lock', {}).catch(() => undefined)
  await gone
  return running.door()
}

/** An empty machine to a signed note, with the pen in the page's own hands for a moment, locked and opened again. */
export async function liveTheMainJob(running: Running, word: Words): Promise<Written> {
  await createVault(await running.door())
  const page = await running.page()
  const written = await liveOneSession(running, page, word)
  await page.getByRole('link', { name: 'Today', exact: true }).first().click()
  await toThePen(page)
  // Misspelt, as a spelling service would like it.
  await page.getByRole('textbox', { name: 'Plan', exact: true }).click()
  await page.keyboard.type('Wil tallk to teh school. ')
  await page.getByRole('status', { name: 'Saved state', exact: true }).getByText(/Saved/u).waitFor()
  await sign(page, written, word('summary'))
  await lock(running, page)
  const again = await unlock(running)
  await ask(again, 'notes', 'addAddendum', { noteId: written.noteId, text: word('addendum') })
  return written
}

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { withinSize } from '../../../src/main/ipc/size.ts'
import { flushAll, registerFlusher } from '../../../src/renderer/api/flush.ts'
import {
  addendumWords,
  allHeld,
  fitting,
  heldAddenda,
  heldDrafts,
  holdAgain,
} from '../../../src/renderer/api/heldBack.ts'
import { holdLine, takeLine } from '../../../src/renderer/api/heldLines.ts'
import { answerFlush, open } from '../../../src/renderer/app/start.ts'
import { afterPutDown, putDown } from '../../../src/renderer/features/write/putDown.ts'
import { app, type HeldNote } from '../../../src/shared/contract/app.ts'
import { fakeApi, nextId } from '../../support/fakeApi.ts'
import { soapNote } from '../../support/words.ts'
import { showPage } from './page.ts'

const section = (text: string, lexical: string | null = null) => ({ key: 'subjective', text, lexical })
const { format, details } = soapNote([])
const soapBeside = { format, details }
const words = (text: string) => ({ revision: 3, sections: [section(text)], beside: null })
const pen = (committed: boolean) => ({
  flush: () => Promise.resolve(committed),
  dispose: vi.fn<() => void>(),
  unsaved: !committed,
  revision: 3,
})

beforeEach(() => {
  for (const holder of [heldDrafts, heldAddenda]) for (const id of holder.ids()) holder.take(id)
})

describe('a pen that is put down', () => {
  it('holds back what could not be committed, with the revision it was based on', async () => {
    const id = nextId()
    await putDown(id, pen(false), () => ({ sections: [section('Words.')], beside: null }))
    expect(heldDrafts.get(id)).toEqual(words('Words.'))
  })

  it('holds nothing back when everything is committed', async () => {
    await putDown(nextId(), pen(true), () => ({ sections: [section('Words.')], beside: null }))
    expect(heldDrafts.ids()).toEqual([])
  })

  it('is waited for by whoever opens the same note, and by a flush', async () => {
    const id = nextId()
    let answer: (committed: boolean) => void = () => undefined
    const flush = () => new Promise<boolean>((resolve) => (answer = resolve))
    void putDown(id, { ...pen(false), flush }, () => ({ sections: [section('Words.')], beside: null }))
    const opened = afterPutDown(id).then((was) => ({ was, held: heldDrafts.get(id) }))
    const flushed = flushAll().then(() => allHeld().length)
    answer(false)
    expect(await opened).toEqual({ was: true, held: words('Words.') })
    expect(await flushed).toBe(1)
    expect(await afterPutDown(id)).toBe(false)
  })
})

describe('a lock', () => {
  it('is handed what is held back and what is on the screen, and gives it out again', async () => {
    const [left, shown, signed] = [nextId(), nextId(), nextId()]
    const handed: unknown[] = []
    let kept: readonly HeldNote[] = []
    const bracket = showPage(
      fakeApi({
        handlers: {
          app: {
            flushed: async ({ unsaved }) => {
              handed.push(...unsaved.map(({ noteId }) => noteId))
              kept = unsaved
              return {}
            },
            takeHeldBack: async () => ({ notes: [...kept] }),
          },
        },
      }),
    )
    heldDrafts.hold(left, words('Left.'))
    heldAddenda.hold(signed, addendumWords('Begun.'))
    const stop = registerFlusher(
      async () => undefined,
      () => ({ noteId: shown, ...words('Shown.') }),
    )
    answerFlush()
    bracket.emit('flush', {})
    await vi.waitFor(() => expect(handed).toEqual([left, signed, shown]))
    stop()
    heldDrafts.take(left)
    heldAddenda.take(signed)
    await open()
    expect(heldDrafts.get(left)).toEqual(words('Left.'))
    expect(heldDrafts.get(shown)).toEqual(words('Shown.'))
    expect(heldAddenda.get(signed)).toEqual(addendumWords('Begun.'))
  })

  it('takes eight notes at most, the nearest to the pen, and gives up the look before the words', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ noteId: nextId(), ...words(`${n}`) }))
    expect(fitting(many)).toEqual(many.slice(1))
    const large = Array.from({ length: 8 }, (_, n) => ({
      noteId: nextId(),
      revision: 1,
      sections: [section(`${n}`, 'x'.repeat(3_900_000))],
      beside: null,
    }))
    const fitted = fitting(large)
    expect(fitted.map((note) => note.sections[0]?.text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(fitted.at(-1)?.sections[0]?.lexical).not.toBeNull()
    // What is handed over and refused would be gone with the page.
    expect(withinSize({ unsaved: fitted }, app.flushed.limit)).toBe(true)
  })

  it('gives a note back as a note, also one whose only heading is called as an addendum is', () => {
    const sections = [...addendumWords('Words.').sections]
    const note = { noteId: nextId(), revision: 1, sections, beside: soapBeside }
    holdAgain([note])
    expect(heldAddenda.ids()).toEqual([])
    expect(heldDrafts.get(note.noteId)).toMatchObject({ sections: note.sections, beside: soapBeside })
  })
})

describe('a line', () => {
  it('that could not be kept is given back to its own field, once', () => {
    holdLine('note.homework', 'Walk')
    expect(takeLine('note.plan')).toBeUndefined()
    expect(takeLine('note.homework')).toBe('Walk')
    expect(takeLine('note.homework')).toBeUndefined()
  })
})

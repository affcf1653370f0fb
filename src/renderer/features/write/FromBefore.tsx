import { Undo2 } from 'lucide-react'
import { useRef, useState, type RefObject } from 'react'
import type { Loop, LoopEnd, LoopKind } from '../../../shared/contract/loops.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { loopEnds, loopKinds } from '../../ui/loopWords.ts'
import { act } from './act.ts'
import { LineEntry } from './LineEntry.tsx'
import type { BesideProps } from './SetDown.tsx'
import css from './Side.module.css'

/** The words on the buttons; what is chosen is said back in the words of `loopEnds`. */
const ends: Readonly<Record<LoopKind, readonly { how: LoopEnd; word: string }[]>> = {
  homework: [
    { how: 'done', word: 'Done' },
    { how: 'partly', word: 'Partly' },
    { how: 'not-done', word: 'Not done' },
  ],
  plan: [
    { how: 'done', word: 'Done' },
    { how: 'moved', word: 'Carry forward' },
    { how: 'dropped', word: 'Drop' },
  ],
  self: [{ how: 'done', word: 'Done' }],
  thread: [
    { how: 'done', word: 'Close' },
    { how: 'dropped', word: 'Drop' },
  ],
  task: [
    { how: 'done', word: 'Done' },
    { how: 'dropped', word: 'Drop' },
  ],
  risk: [{ how: 'done', word: 'Settled' }],
}

/** What a session looks at first comes first; the rest as everywhere. */
const order = [...loopKinds].sort((a, b) => Number(b.kind === 'homework') - Number(a.kind === 'homework'))
const words = new Map(loopKinds.map(({ kind, heading }) => [kind, heading.replace(/s$/u, '')]))

/** What was open when this session began, to be closed with how it went; what is not touched stays open. */
export function FromBefore({ note, refresh }: BesideProps) {
  if (note.openLoops.length === 0) return null
  return (
    <section aria-labelledby="from-before" className={css.card}>
      <h2 id="from-before" className={css.title}>
        From before
      </h2>
      {order.map(({ kind, heading }) => {
        const loops = note.openLoops.filter((loop) => loop.kind === kind)
        return loops.length === 0 ? null : (
          <ul key={kind} className={css.lines} aria-label={`${heading} from before`}>
            {loops.map((loop) => (
              <Open key={loop.id} loop={loop} note={note} refresh={refresh} />
            ))}
          </ul>
        )
      })}
    </section>
  )
}

function Open({ loop, note, refresh }: BesideProps & { loop: Loop }) {
  const [asked, setAsked] = useState<LoopEnd | null>(null)
  const typed = useRef('')
  const close = async (how: LoopEnd, outcome: string) => {
    const done = await act(async () => {
      // Carried forward: the new plan first, so that a failure in between leaves two and never none.
      if (how === 'moved') {
        const { id: sessionId, clientId } = note.session
        await api.loops.add({ clientId, sessionId, kind: loop.kind, text: loop.text })
      }
      await api.loops.close({ id: loop.id, how, outcome })
    })
    if (done) {
      setAsked(null)
      await refresh()
    }
    return done
  }
  if (loop.closedAt !== null && loop.closedHow !== null) return <Closed loop={loop} refresh={refresh} />
  return (
    <li className={css.open}>
      <p className={css.words} dir="auto">
        <span className={css.kind}>{words.get(loop.kind)}</span> {loop.text}{' '}
        <span className={css.since}>{dayText(loop.sessionAt ?? loop.createdAt)}</span>
      </p>
      <div className={css.ends} role="group" aria-label={`How it went: ${loop.text}`}>
        {ends[loop.kind].map(({ how, word }) => (
          <Button
            key={how}
            compact
            variant="quiet"
            aria-pressed={asked === how}
            onPress={() => {
              // How homework went deserves a line; the rest is closed by one press and can be taken back.
              if (loop.kind !== 'homework') return void close(how, '')
              // Left open after all: then nothing is said about how it went either.
              if (asked === how) typed.current = ''
              setAsked(asked === how ? null : how)
            }}
          >
            {word}
          </Button>
        ))}
      </div>
      {asked !== null && (
        <Outcome
          loopId={loop.id}
          how={asked}
          typed={typed}
          onClose={(line) => close(asked, line)}
          onCancel={() => setAsked(null)}
        />
      )}
    </li>
  )
}

interface OutcomeProps {
  loopId: string
  how: LoopEnd
  typed: RefObject<string>
  onClose: (line: string) => Promise<boolean>
  onCancel: () => void
}

function Outcome({ loopId, how, typed, onClose, onCancel }: OutcomeProps) {
  return (
    <div className={css.outcome}>
      <LineEntry
        label="How it went"
        aside="optional"
        field={`${loopId}.outcome`}
        typed={typed}
        autoFocus
        onlyOnEnter
        onKeep={onClose}
      />
      <div className={css.ends}>
        <Button
          compact
          onPress={() => {
            // A line that stands there goes along, whatever the button says.
            const line = typed.current.trim()
            typed.current = ''
            void onClose(line).then((closed) => {
              if (!closed && typed.current === '') typed.current = line
            })
          }}
        >
          {loopEnds[how]}, no more to say
        </Button>
        <Button
          compact
          variant="quiet"
          onPress={() => {
            typed.current = ''
            onCancel()
          }}
        >
          Leave open
        </Button>
      </div>
    </div>
  )
}

function Closed({ loop, refresh }: { loop: Loop; refresh: () => Promise<void> }) {
  return (
    <li className={css.line}>
      <span className={css.words} dir="auto">
        <span className={css.kind}>{words.get(loop.kind)}</span>{' '}
        <span className={loop.closedHow === 'dropped' ? css.dropped : css.closed}>{loop.text}</span>{' '}
        <span className={css.how}>
          {loop.closedHow === null ? '' : loopEnds[loop.closedHow]}
          {loop.outcome === '' ? '' : `: ${loop.outcome}`}
        </span>
      </span>
      <IconButton
        compact
        label={`Open again: ${loop.text}`}
        hint="Open again"
        icon={<Undo2 aria-hidden />}
        onPress={() => {
          void act(() => api.loops.reopen({ id: loop.id })).then((done) => (done ? refresh() : undefined))
        }}
      />
    </li>
  )
}

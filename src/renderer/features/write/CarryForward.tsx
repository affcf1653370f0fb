import { CornerRightDown } from 'lucide-react'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { labelIn, type NoteFormat } from '../../../shared/document/document.ts'
import { api } from '../../api/client.ts'
import { dayText } from '../../api/clock.ts'
import type { Block } from '../../editor/blocks.ts'
import type { WritingGroup } from '../../editor/WritingGroup.ts'
import { IconButton } from '../../ui/Button.tsx'
import { type Earlier, carriedInto, notYetIn } from './carrying.ts'
import css from './CarryForward.module.css'

/** What the last signed note has for this one, section by section; null until it is known, and when there is none. */
export interface Carrying {
  readonly at: number
  readonly into: ReadonlyMap<string, readonly Block[]>
}

/** Fetched after the first paint: nobody waits for it to begin to write. */
export function useCarrying(noteId: string, format: NoteFormat): Carrying | null {
  const [earlier, setEarlier] = useState<Earlier | null>(null)
  useEffect(() => {
    let gone = false
    const asked = requestIdleCallback(() => {
      api.notes.carry({ noteId }).then(
        ({ from }) => {
          if (!gone) setEarlier(from)
        },
        // There is nothing to carry then, and the key says so; the note itself is not touched by it.
        () => undefined,
      )
    })
    return () => {
      gone = true
      cancelIdleCallback(asked)
    }
  }, [noteId])
  return useMemo(
    () => (earlier === null ? null : { at: earlier.at, into: carriedInto(format, earlier) }),
    [earlier, format],
  )
}

/** Mod+Shift+D and the button: the words of that section from the last note, at the end of this one. One act. */
export function carryForward(
  group: WritingGroup,
  format: NoteFormat,
  carrying: Carrying | null,
  key: string | undefined,
): void {
  const field = key === undefined ? undefined : group.field(key)
  if (key === undefined || field === undefined) return
  const tell = (sentence: string) => group.say(sentence)
  if (carrying === null)
    return tell('No note was signed before this session, so there is nothing to carry forward.')
  const day = dayText(carrying.at)
  const blocks = carrying.into.get(key) ?? []
  const label = labelIn(format, key)
  if (blocks.length === 0) return tell(`The note of ${day} has nothing for ${label}.`)
  const fresh = notYetIn(field.read(), blocks)
  if (fresh.length === 0) return tell(`All that ${day} has for ${label} is here already.`)
  if (!group.append(key, fresh)) tell(`${label} cannot hold that much more. Nothing was carried forward.`)
  else tell(fresh.length === 1 ? `One line from ${day}` : `${fresh.length} lines from ${day}`)
}

export interface CarryButtonProps {
  carrying: Carrying | null
  section: string
  label: string
  onPress: () => void
}

/** At a section's heading, when the last note has something for it. */
export function CarryButton({ carrying, section, label, onPress }: CarryButtonProps) {
  if (carrying === null || (carrying.into.get(section)?.length ?? 0) === 0) return null
  return (
    <IconButton
      compact
      label={`Carry forward ${label} from ${dayText(carrying.at)}`}
      icon={<CornerRightDown aria-hidden />}
      onPress={onPress}
    />
  )
}

/** What the pen did last, and else "2 lines carried forward, not edited". Renders only when one of them changes. */
export function PenLine({ group }: { group: WritingGroup }) {
  const said = useSyncExternalStore(group.subscribe, () => group.said)
  const count = useSyncExternalStore(group.subscribe, () => group.carried)
  return (
    <>
      <p role="status" aria-label="What was done" className={css.line}>
        {said}
      </p>
      {said === '' && count > 0 && (
        <p className={css.line}>
          {count === 1 ? '1 line carried forward, not edited' : `${count} lines carried forward, not edited`}
        </p>
      )}
    </>
  )
}

import { useState } from 'react'
import { labelIn, type NoteFormat } from '../../../shared/document/document.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import type { Asking } from './formatChange.ts'
import css from './Format.module.css'

export interface ChangeFormatProps {
  asking: Asking
  from: NoteFormat
  onAnswer: (answers: Readonly<Record<string, string>>) => void
  onCancel: () => void
}

/** Asked only about words of which the new format does not say by itself where they belong. */
export function ChangeFormat({ asking, from, onAnswer, onCancel }: ChangeFormatProps) {
  const { to, questions, sections } = asking
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(questions.map(({ key, proposed }) => [key, proposed])),
  )
  const textOf = (key: string) => sections.find((section) => section.key === key)?.text ?? ''
  return (
    <Dialog
      title="Where should these words go?"
      lead={`${to.name} has other headings. Nothing is lost, and it can be undone.`}
      isOpen
      onClose={onCancel}
    >
      <DialogForm action={`Change to ${to.name}`} onSubmit={() => onAnswer(answers)} onCancel={onCancel}>
        {questions.map(({ key, choices }) => (
          <Select
            key={key}
            label={labelIn(from, key)}
            hint={<bdi className={css.words}>{`“${opening(textOf(key))}”`}</bdi>}
            value={answers[key] ?? key}
            choices={choices.map((choice) => ({
              key: choice,
              label:
                choice === key && !to.sections.some((s) => s.key === key)
                  ? 'Keep it under its own heading'
                  : labelIn(to, choice),
            }))}
            onChange={(choice) => setAnswers({ ...answers, [key]: choice })}
          />
        ))}
      </DialogForm>
    </Dialog>
  )
}

/** Says what has just been changed, until something else is, and takes it back. */
export function ChangedLine({ said, undo }: { said: string; undo: (() => Promise<void>) | null }) {
  return (
    <div role="status" aria-label="Format" className={css.changed}>
      {undo !== null && (
        <>
          <bdi>{said}</bdi>
          <Button compact variant="quiet" onPress={() => void undo()}>
            Undo
          </Button>
        </>
      )}
    </div>
  )
}

const SHOWN = 90

/** The first words, cut between two of them. */
function opening(text: string): string {
  const flat = text
    .replace(/^(?:• |> )/gmu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  if (flat.length <= SHOWN) return flat
  const cut = flat.slice(0, SHOWN)
  const space = cut.lastIndexOf(' ')
  return `${(space > SHOWN / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

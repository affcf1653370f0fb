import { useMemo } from 'react'
import type { Section } from '../../shared/document/document.ts'
import { cx } from '../ui/cx.ts'
import type { Block, Run } from './blocks.ts'
import { readSection } from './sectionBlocks.ts'
import css from './prose.module.css'

/** A section to be read: the same words and look as in the editor, without one. */
export function SectionText({ section }: { section: Section }) {
  const groups = useMemo(() => grouped(readSection(section).blocks), [section])
  return (
    <div className={css.prose} dir="auto">
      {groups.map((group, i) =>
        group[0]?.kind === 'bullet' ? (
          <ul key={i} className={css.list} dir="auto">
            {group.map((block, j) => (
              <li key={j} className={css.item} dir="auto">
                <Runs runs={block.runs} />
              </li>
            ))}
          </ul>
        ) : (
          group.map((block, j) => <Prose key={`${i}.${j}`} block={block} />)
        ),
      )}
    </div>
  )
}

function Prose({ block }: { block: Block }) {
  const inside = block.runs.length === 0 ? <br /> : <Runs runs={block.runs} />
  return block.kind === 'quote' ? (
    <blockquote className={css.quote} dir="auto">
      {inside}
    </blockquote>
  ) : (
    <p className={css.paragraph} dir="auto">
      {inside}
    </p>
  )
}

const Runs = ({ runs }: { runs: readonly Run[] }) =>
  runs.map((run, i) => {
    if (!run.bold && !run.italic) return <span key={i}>{run.text}</span>
    const Tag = run.bold ? 'strong' : 'em'
    return (
      <Tag key={i} className={cx(run.bold && css.bold, run.italic && css.italic)}>
        {run.text}
      </Tag>
    )
  })

/** Bullets that follow one another, together. */
function grouped(blocks: readonly Block[]): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (last !== undefined && block.kind === 'bullet' && last[0]?.kind === 'bullet') last.push(block)
    else groups.push([block])
  }
  return groups
}

import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import css from './Review.module.css'

export interface Entry {
  readonly key: string
  readonly content: ReactNode
  /** Beside it, muted: a date, a trend. */
  readonly aside?: ReactNode
  /** What kind of thing it is, when a block holds several. */
  readonly kind?: string
}

export interface BlockProps {
  title: string
  aside?: string
  icon?: ReactNode
  tone?: 'red'
  entries: readonly Entry[]
  /** More than these are behind "Show all"; without it nothing ever is, and the list scrolls if it must. */
  limit?: number
  /** A line each: these are always all there, and never longer. */
  oneLine?: boolean
  /** What is said when there is nothing. */
  none: string
}

/**
 * One block of the review. It takes the room that is left, cuts what does not fit where a line ends, and then
 * offers "Show all", so that the whole review stays on one screen whatever is in it.
 */
export function Block({ title, aside, icon, tone, entries, limit, oneLine, none }: BlockProps) {
  const id = useId()
  const [all, setAll] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const whole = limit === undefined
  const beyond = useCut(list, entries, whole)
  const cut = !whole && (beyond || entries.length > limit)
  if (entries.length === 0) {
    return (
      <section aria-labelledby={id} className={css.quietBlock}>
        <h2 id={id}>{title}</h2>
        <p>{none}</p>
      </section>
    )
  }
  return (
    <section
      aria-labelledby={id}
      className={cx(
        css.block,
        tone === 'red' && css.red,
        oneLine === true && css.oneLine,
        whole && css.whole,
      )}
    >
      <header className={css.blockHead}>
        {icon}
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <span className={css.blockAside}>{aside}</span>}
        {cut && (
          <Button compact variant="quiet" onPress={() => setAll(true)} aria-label={`Show all: ${title}`}>
            Show all{entries.length > 1 ? ` (${entries.length})` : ''}
          </Button>
        )}
      </header>
      {/* What scrolls must be reached by keys. */}
      <ul ref={list} className={css.list} {...(whole ? { tabIndex: 0, 'aria-labelledby': id } : {})}>
        {entries.slice(0, limit).map((entry) => (
          <Line key={entry.key} entry={entry} />
        ))}
      </ul>
      {all && (
        <Dialog title={title} isOpen onClose={() => setAll(false)} wide>
          {/* It may be long, and arrows must scroll it. */}
          <div className={css.allList} role="group" aria-label={title} tabIndex={0}>
            <ul>
              {entries.map((entry) => (
                <Line key={entry.key} entry={entry} />
              ))}
            </ul>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function Line({ entry }: { entry: Entry }) {
  return (
    <li className={css.line}>
      <div className={css.words} dir="auto" data-words>
        {entry.kind !== undefined && <span className={css.kind}>{entry.kind}</span>}
        {entry.content}
      </div>
      {entry.aside !== undefined && <span className={css.aside}>{entry.aside}</span>}
    </li>
  )
}

/**
 * Whether some of the list, or of a line in it, is not seen. An entry that fits only in part is left out whole:
 * half a line of letters would look like a fault.
 */
function useCut(
  list: React.RefObject<HTMLUListElement | null>,
  entries: readonly Entry[],
  whole: boolean,
): boolean {
  const [cut, setCut] = useState(false)
  useEffect(() => {
    const element = list.current
    if (element === null || entries.length === 0 || whole) return
    const look = () => {
      const end = element.getBoundingClientRect().bottom + 1
      const lines = [...element.children]
      const beyond = lines.map((line, i) => i > 0 && line.getBoundingClientRect().bottom > end)
      lines.forEach((line, i) => line.toggleAttribute('data-beyond', beyond[i]))
      const words = [...element.querySelectorAll('[data-words]')]
      setCut(beyond.includes(true) || words.some((one) => one.scrollHeight > one.clientHeight + 1))
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, entries, whole])
  return cut
}

import type { ReactNode } from 'react'
import { Frame } from './Frame.tsx'
import { Push } from './parts.tsx'
import { dismiss } from './dismiss.ts'
import css from './Unlock.module.css'

/** The last page of a small window: what holds from now on, and the way out. */
export function Done({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Frame title={title} branded={false}>
      <p className={css.lead} role="status">
        {children}
      </p>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push look="primary" onClick={dismiss} autoFocus>
            Close
          </Push>
        </div>
      </div>
    </Frame>
  )
}

import { Link } from '@tanstack/react-router'
import { CalendarDays, Eye, HardDrive, Lock, Search, Settings, Sun, Users } from 'lucide-react'
import { useAppContext, usePersonWord } from '../api/context.ts'
import { PEOPLE } from '../api/people.ts'
import { toggleVeil, useVeiled } from '../ui/veil.ts'
import { Chip } from '../ui/Parts.tsx'
import css from './Sidebar.module.css'

const placesFor = (person: keyof typeof PEOPLE) =>
  [
    { to: '/today', name: 'Today', Icon: Sun },
    { to: '/week', name: 'Week', Icon: CalendarDays },
    { to: '/clients', name: PEOPLE[person], Icon: Users },
    { to: '/search', name: 'Search', Icon: Search },
    { to: '/settings', name: 'Settings', Icon: Settings },
  ] as const

/** The name of the place, the four ways to go, and at the foot what is always true. */
export function Sidebar({ onLock }: { onLock: () => void }) {
  const { sample } = useAppContext()
  const veiled = useVeiled()
  const places = placesFor(usePersonWord())
  return (
    <header className={css.sidebar}>
      <div className={css.inside}>
        <div className={css.brand}>
          <Mark />
          <span className={css.word}>Bracket</span>
          {sample && (
            <span className={css.sample}>
              <Chip tone="amber">Sample</Chip>
            </span>
          )}
        </div>
        <nav aria-label="Main" className={css.nav}>
          {places.map(({ to, name, Icon }) => (
            <Link
              key={to}
              to={to}
              className={css.link ?? ''}
              activeProps={{ className: css.active ?? '' }}
              title={name}
            >
              <Icon aria-hidden />
              <span className={css.word}>{name}</span>
            </Link>
          ))}
        </nav>
        <div className={css.foot}>
          <p className={css.local} title="Stored only on this computer">
            <HardDrive aria-hidden />
            <span className={css.word}>Stored only on this computer</span>
          </p>
          {veiled && (
            <button type="button" className={css.lock} onClick={toggleVeil} title="Take the privacy blur off">
              <Eye aria-hidden />
              <span className={css.word}>Take the privacy blur off</span>
            </button>
          )}
          <button type="button" className={css.lock} onClick={onLock} title="Lock">
            <Lock aria-hidden />
            <span className={css.word}>Lock</span>
          </button>
        </div>
      </div>
    </header>
  )
}

/** A pair of brackets around a lamp's glow. */
function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M8.5 3.5H5v17h3.5M15.5 3.5H19v17h-3.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="12" cy="12" r="2.25" fill="currentColor" />
    </svg>
  )
}

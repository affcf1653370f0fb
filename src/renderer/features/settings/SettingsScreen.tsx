import { Link } from '@tanstack/react-router'
import { useRef, useState, type ReactNode } from 'react'
import type { Context, Preferences } from '../../../shared/contract/app.ts'
import { queryClient } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { contextQuery, useAppContext } from '../../api/context.ts'
import { useKeepOnLeave } from '../../api/flush.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Checkbox, Choices } from '../../ui/Choices.tsx'
import { Part } from '../../ui/Part.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Select, type Choice } from '../../ui/Select.tsx'
import { announce } from '../../ui/Status.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AfterTen, DestroyVault } from './Destroying.tsx'
import { FullCheck } from './FullCheck.tsx'
import { Keys } from './Keys.tsx'
import { Spelling } from './Spelling.tsx'
import { PrivateNotes } from './PrivateNotes.tsx'
import css from './Settings.module.css'

const { queryKey } = contextQuery()

/** Shown at once, kept in the record; put back with a sentence if main refuses. */
async function change(part: Partial<Preferences>): Promise<boolean> {
  const before = queryClient.getQueryData<Context>(queryKey)
  if (before === undefined) return false
  const preferences = { ...before.preferences, ...part }
  queryClient.setQueryData<Context>(queryKey, { ...before, preferences })
  try {
    await api.app.setPreferences(preferences)
    return true
  } catch (error) {
    queryClient.setQueryData<Context>(queryKey, before)
    announce({ text: sentenceFor(error) })
    return false
  }
}

/** The usual choices, and whatever other number is set already. */
function numbers(values: readonly number[], current: number, word: (n: number) => string): Choice<string>[] {
  return [...new Set([...values, current])]
    .sort((a, b) => a - b)
    .map((value) => ({ key: String(value), label: word(value) }))
}

const percent = new Intl.NumberFormat(undefined, { style: 'percent' })
const minutes = (n: number): string => (n === 1 ? '1 minute' : `${n} minutes`)
const hours = (n: number): string =>
  n % 24 === 0 && n > 24 ? `${n / 24} days` : n === 1 ? '1 hour' : `${n} hours`

const themes = [
  { key: 'system', label: 'As the system' },
  { key: 'light', label: 'Light' },
  { key: 'dark', label: 'Dark' },
] as const
const fonts = [
  { key: 'serif', label: 'Source Serif' },
  { key: 'hyperlegible', label: 'Atkinson Hyperlegible' },
] as const

export function SettingsScreen() {
  const { preferences, setting, version, sample } = useAppContext()
  usePainted('settings', preferences)
  return (
    <Screen title="Settings" width="narrow">
      <Part fields title="Appearance">
        <Choices
          label="Theme"
          value={preferences.theme}
          choices={themes}
          onChange={(theme) => void change({ theme })}
        />
        <Select
          label="Text size"
          value={String(preferences.textSize)}
          choices={numbers([80, 90, 100, 110, 125, 150, 175, 200], preferences.textSize, (n) =>
            percent.format(n / 100),
          )}
          onChange={(size) => void change({ textSize: Number(size) })}
        />
        <Choices
          label="Font of notes"
          value={preferences.noteFont}
          choices={fonts}
          onChange={(noteFont) => void change({ noteFont })}
        />
        <p className={css.specimen}>
          “I slept through, mostly.” Looked up while saying it; shoulders lower than last week.
        </p>
      </Part>

      <Part fields title="Locking">
        <Select
          label="Lock after"
          hint="Without a key or a movement. The screen lock and sleep lock at once."
          value={String(preferences.idleMinutes)}
          choices={numbers([1, 2, 3, 5, 10, 15, 30, 60], preferences.idleMinutes, minutes)}
          onChange={(value) => void change({ idleMinutes: Number(value) })}
        />
        <Select
          label="Lock the private room after"
          hint="While a note is being written it locks together with everything else."
          value={String(preferences.privateIdleMinutes)}
          choices={numbers([1, 2, 3, 5, 10, 15, 30, 60], preferences.privateIdleMinutes, minutes)}
          onChange={(value) => void change({ privateIdleMinutes: Number(value) })}
        />
        {!sample && <AfterTen />}
        <Setting
          checked={preferences.contentProtection}
          onChange={(contentProtection) => void change({ contentProtection })}
          title="Hide the window from screenshots and screen sharing"
        >
          Works on Windows, and on macOS before version 15; newer systems may ignore it, and a camera always
          can. Turn it off if a screen reader or magnifier needs to see the window.
        </Setting>
        <p className={css.note}>
          What you copy is taken off the clipboard after 30 seconds. A clipboard history, or one that your
          account shares between devices, keeps what it saw: that is switched off in the system’s settings.
        </p>
      </Part>

      <Part fields title="Notes">
        <AuthorName value={preferences.authorName} />
        <Select
          label="A progress note is due"
          hint="After its session ends. A target of ours, not a law; a note signed later is labeled “Late entry”, without comment."
          value={String(preferences.dueHours)}
          choices={numbers([12, 24, 48, 72, 168], preferences.dueHours, (n) => `within ${hours(n)}`)}
          onChange={(value) => void change({ dueHours: Number(value) })}
        />
        <PrivateNotes
          kept={preferences.privateLane}
          onChange={(privateLane) => void change({ privateLane })}
        />
        <p>
          <Link to="/templates">Templates & snippets</Link>: formats of your own, and which one a note begins
          in.
        </p>
        <Setting
          checked={preferences.notify}
          onChange={(notify) => void change({ notify })}
          title="Notify ten minutes before a session"
        >
          The notification says “Session in 10 minutes”, never a name.
        </Setting>
      </Part>

      <Part fields title="Writing">
        <Spelling change={change} />
        <p className={css.note}>
          Dictation: your system’s dictation works in every field. On Windows, voice typing (Windows key + H)
          sends the sound to Microsoft, and voice access does not. On a Mac with Apple silicon most languages
          stay on the Mac; on an Intel Mac most go to Apple. Dragon is untested.
        </p>
      </Part>

      {!sample && (
        <Part fields title="Passphrase and sheets">
          <Keys />
        </Part>
      )}

      <Part fields title="Backup">
        <p>
          <Link to="/backup">Backup & recovery</Link>: where backups go, when the last one was made and
          checked, and a rehearsal of getting everything back.
        </p>
      </Part>

      {!sample && (
        <Part fields title="Full check">
          <FullCheck />
        </Part>
      )}

      <Part fields title="Activity">
        <p>
          <Link to="/activity">Activity</Link>: what was done with this vault and when, a check of the log,
          and the last full check of the file.
        </p>
      </Part>

      <Part fields title="Where everything is">
        <p>
          {sample
            ? 'This is a sample caseload in a throwaway vault. It goes when you lock or close Bracket; nothing of it is kept.'
            : 'Everything is stored only on this computer, encrypted, in the folder that the system keeps for Bracket. Nothing is ever sent anywhere, and nobody else holds a key: not us, not an administrator.'}
        </p>
        <p>
          The record and your private notes are two separate files with two separate keys. Bracket cannot
          protect against someone who controls this computer while it is unlocked.
        </p>
        <p className={css.muted}>
          Bracket {version} · {setting === 'school' ? 'School' : 'Practice'}
        </p>
      </Part>

      {!sample && (
        <Part fields title="Destroy">
          <DestroyVault />
        </Part>
      )}
    </Screen>
  )
}

interface SettingProps {
  checked: boolean
  onChange: (checked: boolean) => void
  title: string
  children: ReactNode
}

const Setting = ({ checked, onChange, title, children }: SettingProps) => (
  <Checkbox checked={checked} onChange={onChange}>
    {title}
    <span className={css.note}>{children}</span>
  </Checkbox>
)

/** Kept when the field is left, so that half a name is never signed with. */
function AuthorName({ value }: { value: string }) {
  const [typed, setTyped] = useState(value)
  const latest = useRef(value)
  const kept = useRef(value)
  const keep = async () => {
    const authorName = latest.current
    const before = kept.current
    if (authorName === before) return
    kept.current = authorName
    if (!(await change({ authorName }))) kept.current = before
  }
  useKeepOnLeave(keep)
  return (
    <TextField
      label="Your name for signatures"
      hint="As it should stand under a signed note, with your license if you like."
      value={typed}
      onChange={(next) => {
        latest.current = next
        setTyped(next)
      }}
      onBlur={() => void keep()}
      maxLength={120}
      spellCheck="false"
    />
  )
}

import { useMemo, type ReactNode } from 'react'
import { AboutNote, type NoteAbout } from './about.ts'

/** Tells the sections inside whose session they are about; the same answer as long as it is the same session. */
export function AboutSession({ session, children }: { session: NoteAbout; children: ReactNode }) {
  const { id, clientId, clientName, startsAt, zone } = session
  const about = useMemo(
    () => ({ id, clientId, clientName, startsAt, zone }),
    [id, clientId, clientName, startsAt, zone],
  )
  return <AboutNote value={about}>{children}</AboutNote>
}

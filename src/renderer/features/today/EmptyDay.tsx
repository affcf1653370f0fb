import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { read } from '../../api/cache.ts'
import { usePersonWord } from '../../api/context.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { ClientDialog } from '../clients/clients.ts'

/** A day with nothing in it, and the very first day of all. */
export function EmptyDay({ isToday }: { isToday: boolean }) {
  const { data } = useQuery(read('clients', 'list', {}))
  const person = usePersonWord()
  const [adding, setAdding] = useState(false)
  if (data?.clients.length === 0) {
    return (
      <>
        <EmptyState
          title="An empty book, and it is yours"
          actions={
            <Button icon={<UserPlus aria-hidden />} onPress={() => setAdding(true)}>
              Add {person}
            </Button>
          }
        >
          Begin with one {person}, or put your next session on the day: a new name can be typed there. Ten
          minutes before it starts, its review will be waiting here.
        </EmptyState>
        {adding && <ClientDialog isOpen onClose={() => setAdding(false)} />}
      </>
    )
  }
  return (
    <EmptyState title={isToday ? 'Nothing is planned for today' : 'Nothing is planned for this day'}>
      A session you add appears here in its time. For a call or a word in the corridor, “Contact now” makes
      the session and opens its note in one step.
    </EmptyState>
  )
}

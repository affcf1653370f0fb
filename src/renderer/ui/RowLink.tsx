import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** Screens that rows lead to, with the id of what they are about. */
export type RowTarget = 'clients' | 'write' | 'review'

const routes = {
  clients: (id: string) => ({ to: '/clients/$clientId', params: { clientId: id } }) as const,
  write: (id: string) => ({ to: '/write/$sessionId', params: { sessionId: id } }) as const,
  review: (id: string) => ({ to: '/review/$sessionId', params: { sessionId: id } }) as const,
}

export interface RowLinkProps {
  to: RowTarget
  id: string
  className?: string | undefined
  children: ReactNode
}

/**
 * A link for long lists. The router's own Link follows every change of place, which a page of fifty rows
 * feels; this one only goes there, and asks for what is there once the pointer or the focus is on it.
 */
export function RowLink({ to, id, className, children }: RowLinkProps) {
  const router = useRouter()
  const ahead = () => void router.preloadRoute(routes[to](id)).catch(() => undefined)
  const go = (event: MouseEvent) => {
    event.preventDefault()
    void router.navigate(routes[to](id))
  }
  return (
    <a href={`/${to}/${id}`} className={className} onClick={go} onPointerEnter={ahead} onFocus={ahead}>
      {children}
    </a>
  )
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Context, Preferences } from '../../shared/contract/app.ts'
import { read } from './cache.ts'

export const contextQuery = () => read('app', 'context', {})

/** Setting, platform, preferences and so on. Always there once the shell is shown: it waits for it. */
export const useAppContext = (): Context => useSuspenseQuery(contextQuery()).data

export const usePreferences = (): Preferences => useAppContext().preferences

export const usePrivateRoom = (): 'locked' | 'open' =>
  useQuery(read('privateRoom', 'state', {})).data?.room ?? 'locked'

/** The person seen is a client in a practice and a student at a school. */
export const usePersonWord = (): 'client' | 'student' =>
  useAppContext().setting === 'school' ? 'student' : 'client'

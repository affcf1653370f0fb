import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Checks } from '../../checks.ts'
import type { Destroying } from '../../entrance/destroying.ts'

/** Contract to destroying; no logic. */
export function wipingHandlers(destroying: Destroying): Pick<Handlers, 'wiping' | 'destruction'> {
  return {
    wiping: {
      ask: async () => {
        await destroying.ask()
        return {}
      },
      afterTen: async () => destroying.afterTen(),
      setAfterTen: async ({ on }) => {
        await destroying.setAfterTen(on)
        return {}
      },
    },
    destruction: {
      plan: () => destroying.plan(),
      go: async ({ words, passphrase }) => {
        await destroying.go(words, passphrase)
        return {}
      },
      proof: async () => ({ proof: destroying.proof() }),
      done: async () => {
        destroying.done()
        return {}
      },
    },
  }
}

export interface CheckingServices {
  /** Null while locked. */
  record(): object | null
  checks: Pick<Checks, 'view' | 'runNow' | 'cancel'>
}

/** Contract to the full check; no logic. */
export function checkingHandlers({ record, checks }: CheckingServices): Pick<Handlers, 'checking'> {
  const open = (): CheckingServices['checks'] => {
    if (record() === null) throw new Refusal('LOCKED')
    return checks
  }
  return {
    checking: {
      state: async () => open().view(),
      run: async () => open().runNow(),
      cancel: async () => {
        open().cancel()
        return {}
      },
    },
  }
}

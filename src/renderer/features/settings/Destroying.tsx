import { useQuery, useQueryClient } from '@tanstack/react-query'
import { read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Settings.module.css'

/** By choice, and off until then: ten wrong passphrases in a row, and only a recovery sheet opens the vault. */
export function AfterTen() {
  const queries = useQueryClient()
  const { recoveryConfirmed } = useAppContext()
  const reading = read('wiping', 'afterTen', {})
  const { data } = useQuery(reading)
  if (data === undefined) return null
  const set = async (on: boolean) => {
    queries.setQueryData(reading.queryKey, { ...data, on })
    try {
      await api.wiping.setAfterTen({ on })
    } catch (error) {
      announce({ text: sentenceFor(error) })
      queries.setQueryData(reading.queryKey, data)
    }
  }
  const allowed = data.on || (data.possible && recoveryConfirmed)
  return (
    <Checkbox checked={data.on} onChange={(on) => void set(on)} isDisabled={!allowed}>
      After ten wrong passphrases, lock to the recovery sheets
      <span className={css.note}>
        {!data.possible
          ? 'Not here: this vault has no keychain, and a copy of its files could be tried elsewhere without end.'
          : !recoveryConfirmed && !data.on
            ? 'Confirm your recovery sheets first: without them nothing would open the notes any more.'
            : 'Then no passphrase opens it, not even the right one: you need sheet A, and sheet B for the private notes. No note is deleted. Anybody at this computer can bring it about by typing ten times.'}
      </span>
    </Checkbox>
  )
}

/** Leads to the small window, where it is said what would go; nothing happens here. */
export function DestroyVault() {
  const ask = () => api.wiping.ask({}).catch((error: unknown) => announce({ text: sentenceFor(error) }))
  return (
    <div className={css.destroy}>
      <Button variant="danger" onPress={() => void ask()}>
        Destroy this vault…
      </Button>
      <p className={css.note}>
        All notes on this computer and the keys to them, for good. Another window says first what that would
        be; nothing happens before words and passphrase are typed there. Backups survive.
      </p>
    </div>
  )
}

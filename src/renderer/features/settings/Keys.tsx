import { useQuery } from '@tanstack/react-query'
import { queryClient, read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { useAppContext } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Settings.module.css'

const keysQuery = () => read('app', 'keys', {})

async function ask(question: () => Promise<boolean>, done: string): Promise<void> {
  try {
    if (await question()) announce({ text: done })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
  await queryClient.invalidateQueries({ queryKey: keysQuery().queryKey })
}

const change = () => ask(async () => (await api.app.changePassphrase({})).changed, 'Passphrase changed.')
const renew = () =>
  ask(async () => (await api.app.renewSheets({})).renewed, 'The new recovery sheets hold from now on.')
const backup = () =>
  ask(async () => (await api.app.backupPassphrase({})).changed, 'That holds for backups made from now on.')

const withoutPassphrase = () =>
  ask(async () => (await api.app.withoutPassphrase({})).changed, 'That holds from the next lock on.')

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** Each opens the small window that alone may see a passphrase or a sheet. */
export function Keys() {
  const keys = useQuery(keysQuery()).data
  const { recoveryConfirmed } = useAppContext()
  const setAt = keys?.backupPassphraseSetAt ?? null
  const opening = keys?.withoutPassphrase ?? 'never'
  return (
    <>
      <div>
        <Button onPress={() => void change()}>Change passphrase…</Button>
        <span className={css.note}>For the record and the private room.</span>
      </div>
      <div>
        <Button onPress={() => void renew()}>New recovery sheets…</Button>
        <span className={css.note}>
          If one was lost, or somebody has seen it. The old ones then open nothing here. New keys for both
          files can be made along with them.
        </span>
      </div>
      <div>
        <Button onPress={() => void backup()}>Backup passphrase…</Button>
        <span className={css.note}>
          {setAt === null
            ? 'None is set: a backup opens with the recovery sheets. By choice, a passphrase of its own can open it as well.'
            : `Set since ${day.format(setAt)}. It opens backups made since then, on any computer.`}
        </span>
      </div>
      {opening !== 'never' && (
        <div>
          <Button onPress={() => void withoutPassphrase()} isDisabled={!recoveryConfirmed}>
            Open without a passphrase on this computer…
          </Button>
          <span className={css.note}>
            {opening === 'on'
              ? 'On: one press opens the record, also after you have locked it yourself, for anybody who can sign in to this computer account. The private notes ask for the passphrase.'
              : recoveryConfirmed
                ? 'Off: the passphrase is asked for at every opening.'
                : 'Confirm your recovery sheets first: a passphrase that is never typed is soon forgotten.'}
          </span>
        </div>
      )}
    </>
  )
}

import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Settings.module.css'

async function ask(question: () => Promise<boolean>, done: string): Promise<void> {
  try {
    if (await question()) announce({ text: done })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
}

const change = () => ask(async () => (await api.app.changePassphrase({})).changed, 'Passphrase changed.')
const renew = () =>
  ask(async () => (await api.app.renewSheets({})).renewed, 'The new recovery sheets hold from now on.')

/** Both open the small window that alone may see a passphrase or a sheet. */
export function Keys() {
  return (
    <>
      <div>
        <Button onPress={() => void change()}>Change passphrase…</Button>
        <span className={css.note}>For the record and the private room.</span>
      </div>
      <div>
        <Button onPress={() => void renew()}>New recovery sheets…</Button>
        <span className={css.note}>
          If one was lost, or somebody has seen it. The old ones then open nothing here.
        </span>
      </div>
    </>
  )
}

import { useEffect, useState } from 'react'
import type { DestructionProof, RemovedItem } from '../../shared/contract/wiping.ts'
import { vaultApi } from '../api/client.ts'
import { leftWords, NOT_REACHED } from './destroyedWords.ts'
import { Frame } from './Frame.tsx'
import { Push } from './parts.tsx'
import { exactText } from './RestoreParts.tsx'
import damage from './Damage.module.css'
import css from './Unlock.module.css'

const kinds: Readonly<Record<RemovedItem['kind'], string>> = {
  keychain: 'Keychain',
  locks: 'Locks',
  record: 'Record',
  private: 'Private notes',
  copy: 'Earlier states and traces',
}

const states: Readonly<Record<RemovedItem['found'], string>> = {
  gone: 'removed; looked for, not there',
  there: 'still there',
  unasked: 'the keychain did not answer',
}

/** The proof: what was removed, and that it was looked for afterwards. */
export function Destroyed() {
  const [proof, setProof] = useState<DestructionProof | null>(null)
  useEffect(() => {
    vaultApi.destruction.proof({}).then(
      (found) => setProof(found.proof),
      () => undefined,
    )
  }, [])
  if (proof === null) return <Frame title="The vault was destroyed">{null}</Frame>
  const leftover = leftWords(proof.items)
  return (
    <Frame
      title={leftover === null ? 'The vault was destroyed' : 'Something is still there'}
      wide="middle"
      lead={
        proof.resumed
          ? `It had been interrupted, and was finished at ${exactText(proof.at)}.`
          : `Finished at ${exactText(proof.at)}. Each part was removed and then looked for once more.`
      }
    >
      <dl className={damage.items}>
        {proof.items.map((item) => (
          <Item key={`${item.kind}/${item.name}`} item={item} />
        ))}
      </dl>
      {leftover !== null && <p className={css.notice}>{leftover}</p>}
      {proof.others > 0 && (
        <p className={damage.aside}>
          {proof.others === 1 ? 'A folder' : `${proof.others} folders`} with other notes than these, which a
          restore had moved aside, {proof.others === 1 ? 'was' : 'were'} left alone.
        </p>
      )}
      <p className={damage.says}>{NOT_REACHED}</p>
      <div className={css.after}>
        <div className={css.buttons}>
          <Push look="primary" onClick={() => void vaultApi.destruction.done({})} autoFocus>
            Done
          </Push>
        </div>
      </div>
    </Frame>
  )
}

const Item = ({ item }: { item: RemovedItem }) => (
  <>
    <dt>
      {kinds[item.kind]}: {item.name}
    </dt>
    <dd className={item.found === 'gone' ? undefined : damage.wrong}>{states[item.found]}</dd>
  </>
)

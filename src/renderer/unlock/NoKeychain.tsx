import css from './Unlock.module.css'

/** The choice that is the person's alone, once it was found out that there is no other way. */
export function NoKeychain({
  without,
  onChange,
}: {
  without: boolean
  onChange: (without: boolean) => void
}) {
  return (
    <label className={css.without}>
      <input type="checkbox" checked={without} onChange={() => onChange(!without)} />
      <span>
        <strong>Go on without a keychain.</strong> This computer’s keychain does not answer. Your notes will
        be protected by the passphrase alone: whoever copies the files can try to guess it, as often as they
        like. Choose a long one.
      </span>
    </label>
  )
}

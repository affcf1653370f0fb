import { Block, type Entry } from './Block.tsx'
import css from './Review.module.css'

const CHECKLIST = [
  'Consent, and the limits of confidentiality, said and understood',
  'Emergency contact, and how to reach each other',
  'What brings them, in their own words',
  'Risk asked about, and the answer written down',
]

/** Before the first session there is no past to look at: why they come, and what a first hour should not miss. */
export function FirstTime({ referralReason }: { referralReason: string }) {
  const reason: Entry[] = referralReason.trim() === '' ? [] : [{ key: 'reason', content: referralReason }]
  return (
    <>
      <Block title="Reason for referral" entries={reason} limit={1} none="None noted." />
      <section aria-labelledby="first-time" className={css.block}>
        <header className={css.blockHead}>
          <h2 id="first-time">First session</h2>
        </header>
        <ul className={css.checks}>
          {CHECKLIST.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

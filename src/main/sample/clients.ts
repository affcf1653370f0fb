import type { LoopKind } from '../../shared/contract/loops.ts'
import type { Trend } from '../../shared/contract/goals.ts'
import type { Details } from '../../shared/document/details.ts'

/** One past session of a sample client, told as its note. `weeksAgo` counts back from the day of looking. */
export interface SampleNote {
  weeksAgo: number
  subjective: string
  objective: string
  assessment: string
  plan: string
  summary: string
  trends: readonly (Trend | null)[]
  setDown: readonly (readonly [LoopKind, string])[]
  private?: string
  /** What was set down beside the words. */
  details?: Partial<Details>
}

export interface SampleClient {
  name: string
  pronouns: string
  birthDate: string
  referralReason: string
  flag?: string
  goals: readonly string[]
  notes: readonly SampleNote[]
}

/** People who do not exist, written as good notes would be: what was seen and said, in few words. */
export const sampleClients: readonly SampleClient[] = [
  {
    name: 'Maya Okafor',
    pronouns: 'she/her',
    birthDate: '1991-04-18',
    referralReason: 'Panic attacks on the way to work since a promotion in spring. Referred by her GP.',
    flag: 'Passive thoughts of not waking up (denied plan or intent, last asked three weeks ago)',
    goals: ['Take the train to work three days a week', 'Sleep before midnight on workdays'],
    notes: [
      {
        weeksAgo: 3,
        subjective:
          'Reported two panic attacks on the platform this week. “I count the exits.” Said she sometimes wishes she would not wake up; denied plan, intent and means.',
        objective:
          'Spoke fast at first, slower after grounding. Tearful when describing the platform. Practised paced breathing for five minutes; rated distress 7 before, 4 after.',
        assessment:
          'Panic with avoidance of the train. Passive ideation without plan or intent; protective: her sister, whom she calls daily.',
        plan: 'Ask about ideation again. Begin a ladder of small steps towards the train.',
        summary:
          'Two panic attacks on the platform; passive ideation, no plan or intent; breathing helped (7 to 4).',
        trends: ['same', 'worse'],
        setDown: [
          ['homework', 'Stand at the station entrance for ten minutes, twice'],
          ['risk', 'Ask again about thoughts of not waking up'],
        ],
        private:
          'I noticed I wanted to reassure her quickly. The promotion sounds like a loss that nobody has named.',
        details: {
          findings: [
            {
              key: 'affect',
              chosen: ['Tearful', 'Anxious'],
              said: 'when describing the platform; calmer after breathing',
            },
          ],
          risk: [
            {
              topic: 'suicidal-thoughts',
              answer: 'reported',
              said: 'sometimes wishes she would not wake up',
            },
            { topic: 'suicide-plan', answer: 'denied', said: '' },
          ],
          interventions: [
            { name: 'Paced breathing', outcome: 'helped', said: 'distress 7 before, 4 after' },
            { name: 'Counting exits, looked at together', outcome: 'no-change', said: '' },
          ],
          decisions: [
            {
              decision: 'No safety plan written today; asked again at each session.',
              reason:
                'Passive thoughts without plan, intent or means; calls her sister daily and agreed to ring if that changes.',
            },
          ],
        },
      },
      {
        weeksAgo: 2,
        subjective:
          'Went to the station entrance twice, stayed the ten minutes the second time. “It went down by itself.” Denied thoughts of not waking up this week.',
        objective: 'Steadier voice, eye contact throughout. Built a ladder of eight steps together.',
        assessment: 'First exposure worked as intended. Sleep still short: asleep around one.',
        plan: 'Next step of the ladder: the platform, one train passing.',
        summary: 'Entrance step done twice; fear fell by itself. No ideation this week. Sleep still short.',
        trends: ['better', 'same'],
        setDown: [['homework', 'Platform, let one train pass, twice this week']],
      },
      {
        weeksAgo: 1,
        subjective:
          'Stood on the platform twice; boarded once for a single stop “because my legs decided”. Slept before midnight on three workdays.',
        objective: 'Smiled when telling it. Asked twice whether it “counts” if her sister was on the phone.',
        assessment: 'Progress on both goals. The phone call works as a safety behaviour; named it together.',
        plan: 'Two stops without a call. Look at what the promotion changed at home.',
        summary: 'Boarded for one stop; three early nights. Phone call named as a safety behaviour.',
        trends: ['better', 'better'],
        setDown: [
          ['homework', 'Two stops without a phone call, twice'],
          ['plan', 'What did the promotion change at home?'],
          ['self', 'She looked away when her mother came up: come back to it gently'],
        ],
        private:
          'Her mother again, and again I let it pass. My own wish to keep the good mood. Bring to supervision.',
        details: {
          findings: [{ key: 'affect', chosen: ['Bright'], said: 'smiled when telling it' }],
          interventions: [
            { name: 'Exposure ladder', outcome: 'helped', said: 'boarded for one stop' },
            {
              name: 'Sister on the phone',
              outcome: 'mixed',
              said: 'keeps the fear in place; named together',
            },
          ],
        },
      },
    ],
  },
  {
    name: 'Jonas Lindqvist',
    pronouns: 'he/him',
    birthDate: '1978-11-02',
    referralReason: 'Low mood after separation; two children every other week.',
    goals: ['Cook dinner with the children on their weeks', 'Return to the choir by winter'],
    notes: [
      {
        weeksAgo: 2,
        subjective:
          'Said the flat is “a waiting room” in the weeks without the children. Two dinners cooked with them.',
        objective: 'Flat voice, long pauses; livelier when speaking of his daughter’s soup.',
        assessment:
          'Low mood follows the calendar of the children’s weeks. Activity helps on the days it happens.',
        plan: 'Plan one thing for each evening of the empty week.',
        summary: 'Mood follows the children’s weeks; two dinners cooked. Planning the empty evenings.',
        trends: ['better', null],
        setDown: [['homework', 'One planned thing each evening of the week alone']],
      },
      {
        weeksAgo: 1,
        subjective:
          'Kept to the plan on four of seven evenings. Walked past the choir’s rehearsal room, did not go in.',
        objective: 'Brought the written plan. Laughed once, about burnt rice.',
        assessment: 'Activation working in part; shame about having left the choir without a word.',
        plan: 'Draft the message to the choir’s conductor together.',
        summary: 'Plan kept four of seven evenings. Shame keeps him from the choir.',
        trends: ['better', 'same'],
        setDown: [
          ['plan', 'Draft the message to the conductor'],
          ['thread', 'What he did not say about the last Christmas concert'],
          ['task', 'Look up the fathers’ group in the library'],
        ],
      },
    ],
  },
  {
    name: 'Rosa Delgado',
    pronouns: 'she/her',
    birthDate: '1966-07-29',
    referralReason: 'Grief after her husband’s death; sleeps in the armchair since.',
    goals: ['Sleep in the bedroom two nights a week'],
    notes: [
      {
        weeksAgo: 1,
        subjective: '“The bed is too wide.” Slept one night in the bedroom with the radio on.',
        objective: 'Brought his watch and wound it while speaking. Wept, then rested.',
        assessment: 'Grief moving. No sign of a depressive episode; eats and sees her neighbour daily.',
        plan: 'Two nights with the radio. Photographs next time, if she wants to.',
        summary: 'One night in the bedroom with the radio on. Grief moving; no depressive episode.',
        trends: ['better'],
        setDown: [
          ['homework', 'Two nights in the bedroom, radio allowed'],
          ['plan', 'Photographs, if she brings them'],
        ],
      },
    ],
  },
  {
    name: 'Theo Park',
    pronouns: 'they/them',
    birthDate: '2002-01-15',
    referralReason: 'Exam anxiety; second attempt at the state examination in February.',
    goals: ['Study in blocks of 50 minutes, four a day', 'Sit a full mock examination'],
    notes: [
      {
        weeksAgo: 1,
        subjective:
          'Studied three blocks on most days. “As soon as I time myself I read the same line five times.”',
        objective: 'Foot tapping while speaking of the clock; stopped when we turned the clock away.',
        assessment: 'The timer itself sets off the anxiety. Knowledge is not the problem.',
        plan: 'Blocks by page count, without a clock, then with.',
        summary: 'Three blocks a day; the timer is the trigger. Blocks by page count first.',
        trends: ['better', 'same'],
        setDown: [['homework', 'Four blocks by page count, clock turned away']],
        details: {
          interventions: [
            { name: 'Timed study blocks', outcome: 'not-helped', said: 'reads the same line five times' },
            { name: 'Clock turned away', outcome: 'helped', said: 'foot tapping stopped' },
          ],
        },
      },
    ],
  },
  {
    name: 'Lena Fischer',
    pronouns: '',
    birthDate: '1984-09-09',
    referralReason: 'Burnout, on sick leave for six weeks. First session today.',
    goals: [],
    notes: [],
  },
]

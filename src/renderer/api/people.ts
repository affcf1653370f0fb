/** What the list of everybody's files is called: its link, its heading, its key. */
export const PEOPLE = { client: 'Clients', student: 'Students' } as const

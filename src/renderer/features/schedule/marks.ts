/** What a message about Start or End of a session is about: End says more than Start did, and takes its place. */
export const marksOf = (sessionId: string): string => `marks-${sessionId}`

/** Refused by one of the three systems' file names, invisible, or able to make a name read as another. */
// oxlint-disable-next-line no-control-regex -- these are exactly the characters that are taken out
const UNFIT = /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const LONGEST = 120

/** The proposed name. Whoever looks over a shoulder or into a folder sees no client's name unless it was chosen. */
export function fileName(days: { from: string; to: string } | string, clientName: string | null): string {
  const when = typeof days === 'string' ? days : `${days.from}-to-${days.to}`
  const who = clientName === null ? '' : fit(clientName)
  return `bracket-note${typeof days === 'string' ? '' : 's'}-${who === '' ? '' : `${who}-`}${when}.pdf`
}

/** At most so many bytes, cut between whole characters: file systems count bytes. */
function fit(name: string): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(
    name.replace(UNFIT, ' ').replace(/\s+/gu, ' ').trim(),
  )) {
    if (Buffer.byteLength(kept + segment, 'utf8') > LONGEST) break
    kept += segment
  }
  return kept.trim()
}

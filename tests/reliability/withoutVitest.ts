/* Stands in for vitest where the trials run without it: tests/support asks it for nothing but this. */

type End = () => unknown

const open: End[][] = []

export function onTestFinished(end: End): void {
  const here = open.at(-1)
  if (here === undefined) throw new Error('nothing is under way that could end')
  here.push(end)
}

/** What was asked to end with the work, ends with it: directories go, stores close. */
export async function scoped<T>(work: () => Promise<T>): Promise<T> {
  const mine: End[] = []
  open.push(mine)
  try {
    return await work()
  } finally {
    open.splice(open.indexOf(mine), 1)
    for (const end of mine.reverse()) await end()
  }
}

export function expect(): never {
  throw new Error('a trial says must(), not expect()')
}

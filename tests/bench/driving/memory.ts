import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and everything below it really holds, in MB (2^20 bytes): proportional set sizes, because
 * resident sizes count pages that Chromium's processes share again and again.
 */
export function memoryOf(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined
    if (parent !== undefined) parents.set(Number(name), parent)
  }
  const below = (one: number): boolean => {
    for (let at: number | undefined = one; at !== undefined; at = parents.get(at)) if (at === pid) return true
    return false
  }
  const tree = [...parents.keys()].filter(below)
  return tree.reduce((sum, one) => sum + proportionalKib(one), 0) / 1024
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything, brackets and spaces too.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function proportionalKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

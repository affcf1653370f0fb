/** A small, repeatable source of chance: whole numbers from 0 to `below` − 1. */
export type Chance = (below: number) => number

/** Mulberry32: neighbouring seeds have nothing in common. */
export function chance(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

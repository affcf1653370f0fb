/** The clock is passed in, so that tests and the seam `--now` can move it. Epoch milliseconds. */
export interface Clock {
  now(): number
}

// Preloaded into the main process by the bench (`electron -r`): tells a file when main set which mark, so that
// no inspector has to be attached to what is being measured.
const { appendFileSync, writeFileSync } = require('node:fs')
const { performance, PerformanceObserver } = require('node:perf_hooks')

const file = process.env.BRACKET_BENCH_MARKS
if (file && process.type === 'browser') {
  writeFileSync(file, '')
  new PerformanceObserver((list) => {
    for (const mark of list.getEntries()) {
      appendFileSync(file, `${mark.name} ${performance.timeOrigin + mark.startTime}\n`)
    }
  }).observe({ type: 'mark' })
}

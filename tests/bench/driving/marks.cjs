// Preloaded into the main process by the bench (`electron -r`): tells a file when main set which mark, so that
// no inspector has to be attached to what is being measured.
// With BRACKET_BENCH_PDF it also answers the system's save dialog with that place.
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

const place = process.env.BRACKET_BENCH_PDF
if (place && process.type === 'browser') {
  require('electron').dialog.showSaveDialog = async () => ({ canceled: false, filePath: place })
}

// Builds the bench (it is TypeScript, and Node 20 takes none) and runs it. See main.ts.
import path from 'node:path'
import { build } from 'vite'
import { electronPath } from '../../scripts/electron-path.mjs'

const root = path.resolve(import.meta.dirname, '../..')
/** Two levels below the root, as tests/bench is, and not among what `npm run build` empties. */
const outDir = path.join(root, 'out/bench')

await build({
  configFile: false,
  root,
  logLevel: 'error',
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20.18',
    minify: false,
    rolldownOptions: {
      input: {
        main: path.join(root, 'tests/bench/main.ts'),
        fill: path.join(root, 'tests/bench/caseload/fill.ts'),
        store: path.join(root, 'tests/bench/figures/storeChild.ts'),
        backup: path.join(root, 'tests/bench/figures/backupChild.ts'),
        calendar: path.join(root, 'tests/bench/figures/calendarChild.ts'),
        calendarTaking: path.join(root, 'tests/bench/figures/calendarTakingChild.ts'),
        'calendar.worker': path.join(root, 'src/main/calendar/worker.ts'),
        recurrence: path.join(root, 'tests/bench/figures/recurrenceChild.ts'),
        'backup.worker': path.join(root, 'src/main/backup/backupWorker.ts'),
        worker: path.join(root, 'src/main/store/worker.ts'),
        check: path.join(root, 'src/main/store/checkProcess.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'part-[hash].mjs' },
    },
  },
})
process.env.BRACKET_BENCH_ELECTRON = electronPath()
await import(path.join(outDir, 'main.mjs'))

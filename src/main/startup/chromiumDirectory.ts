import { app } from 'electron'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * Where Chromium keeps its own few files. Where it cannot (the profile may only be read, the disk is full) the
 * application would end without a word, because Chromium could not take its lock; in a directory for this run
 * alone it gets as far as the page that says what is wrong.
 */
export function chromiumDirectory(profile: string): string {
  const beside = path.join(profile, 'chromium')
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    // Asking is not enough: Windows' access lists and read-only mounts show only when something is written.
    const probe = path.join(beside, 'probe')
    closeSync(openSync(probe, 'w', 0o600))
    rmSync(probe)
    return beside
  } catch {
    const forThisRun = mkdtempSync(path.join(os.tmpdir(), 'bracket-'))
    app.on('quit', () => rmSync(forThisRun, { recursive: true, force: true }))
    return forThisRun
  }
}

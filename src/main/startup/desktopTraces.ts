import { app } from 'electron'
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const RECENT = 'recently-used.xbel'

/**
 * Linux: what the desktop's dialogs leave behind goes into a folder of our own, in memory where the system has a
 * runtime directory, emptied at every start and end. Seen there: Chromium hands a page to the printer as a PDF in
 * TMPDIR, where a crash would leave it; and GTK's save dialog enters every chosen file, with its name, into the
 * list of recent files. To be called once, by the only instance, before GTK starts.
 */
export function keepTracesAside(chromium: string): void {
  if (process.platform !== 'linux') return
  const folder = path.join(
    runtimeDirectory() ?? chromium,
    `bracket-${createHash('sha256').update(chromium).digest('hex').slice(0, 12)}`,
  )
  const empty = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    // What a crash left of the last time.
    empty()
    mkdirSync(folder, { mode: 0o700 })
    const [temporary, data] = [path.join(folder, 'tmp'), path.join(folder, 'share')]
    mkdirSync(temporary, { mode: 0o700 })
    mkdirSync(data, { mode: 0o700 })
    linkAllBut(RECENT, process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local/share'), data)
    process.env['TMPDIR'] = temporary
    process.env['XDG_DATA_HOME'] = data
    app.on('quit', empty)
  } catch {
    // A full or read-only disk: the door says what is wrong, and no dialog is ever reached.
  }
}

/** The user's own, in memory, gone when they log out. */
function runtimeDirectory(): string | undefined {
  const given = process.env['XDG_RUNTIME_DIR']
  if (given === undefined || !path.isAbsolute(given)) return undefined
  const facts = lstatSync(given, { throwIfNoEntry: false })
  const ours = facts?.isDirectory() === true && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0
  return ours ? given : undefined
}

/** Fonts, themes and settings of the person's stay where the dialogs look for them. */
function linkAllBut(left: string, from: string, to: string): void {
  let names: string[]
  try {
    names = readdirSync(from)
  } catch {
    return
  }
  for (const name of names) if (name !== left) symlinkSync(path.join(from, name), path.join(to, name))
}

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/* What the system offers an application for being remembered by: none of it is called, and so none of it leaks. */

const SOURCES = path.resolve(import.meta.dirname, '../../src')

/** Channel by channel, as Electron and the web call them. */
const TRACES: Readonly<Record<string, RegExp>> = {
  'crash dumps': /\bcrashReporter\b/u,
  'recent documents': /\baddRecentDocument\b|\bsetJumpList\b|\bsetUserTasks\b|\brecentdocuments\b/iu,
  'the title of a window': /\.setTitle\(|\bsetRepresentedFilename\b|document\.title/u,
  'the taskbar and the dock':
    /\bsetThumbnail\w*\(|\bsetOverlayIcon\b|\bsetBadge\w*\(|\bapp\.dock\b|\bTray\b|\bsetProgressBar\b/u,
  'the system’s dictionary': /\baddWordToSpellCheckerDictionary\b/u,
  'storage of the page': /\b(local|session)Storage\b|\bindexedDB\b|\bcaches\.open\b|\bdocument\.cookie\b/u,
  'the log of Electron': /\bconsole\.(log|error|warn|info|debug)\(/u,
}

function found(name: string, text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gmu, '')
  return TRACES[name]?.test(code) === true
}

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(?:ts|tsx|html)$/u.test(name),
)

test.each(Object.keys(TRACES))('%s: no source touches it', (name) => {
  const touching = files.filter((file) => found(name, readFileSync(path.join(SOURCES, file), 'utf8')))
  expect(touching).toEqual([])
  expect(files.length).toBeGreaterThan(100)
})

test('each of them would be seen', () => {
  const calls = [
    'crashReporter.start({})',
    'app.addRecentDocument(file)',
    'window.setTitle(name)',
    'window.setOverlayIcon(null, name)',
    'session.addWordToSpellCheckerDictionary(name)',
    'localStorage.setItem(1, 2)',
    'console.log(note)',
  ]
  expect(Object.keys(TRACES).map((name, n) => found(name, calls[n] ?? ''))).toEqual(calls.map(() => true))
  expect(found('crash dumps', '// no crashReporter here')).toBe(false)
})

import { protocol, type Session } from 'electron'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { CSP } from './csp.ts'

export const SCHEME = 'app'
/** One origin for each page, so that the passphrase's page never shares a process with the application's. */
export const ORIGINS = { app: 'app://bracket', unlock: 'app://unlock' } as const
const PAGES: Record<string, string> = { bracket: '/index.html', unlock: '/unlock.html' }

export const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** On every answer, refusals included. */
export const HEADERS = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/** Serves the built pages, and only files that were there at the start: a list, not a path from the page. */
export function servePages(session: Session, directory: string): void {
  const files = listFiles(directory)
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    const page = PAGES[url.host]
    const name = url.pathname === '/' ? page : url.pathname
    // Each origin has one page; its scripts, styles and fonts are shared.
    const other = name !== page && name?.endsWith('.html')
    const file = name === undefined || other ? undefined : files.get(name)
    const type = name === undefined ? undefined : TYPES[path.extname(name)]
    if (request.method !== 'GET' || page === undefined || file === undefined || type === undefined) {
      return new Response(null, { status: 404, headers: HEADERS })
    }
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...HEADERS, 'content-type': type },
    })
  })
}

export function listFiles(directory: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(directory, file).split(path.sep).join('/')}`, file)
  }
  return files
}

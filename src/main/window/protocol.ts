import { protocol, type ProtocolRequest, type ProtocolResponse, type Session } from 'electron'
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

const NOT_FOUND: ProtocolResponse = { statusCode: 404, headers: HEADERS, data: Buffer.alloc(0) }

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/**
 * Serves the built pages, and only files that were there at the start: a list, not a path from the page. What a
 * page runs and looks like waits for `answering`: nobody may ask, or see anything, before there are answers.
 */
export function servePages(session: Session, directory: string, answering: Promise<unknown>): void {
  const files = listFiles(directory)
  async function answer({ url: asked, method }: ProtocolRequest): Promise<ProtocolResponse> {
    const url = new URL(asked)
    const page = PAGES[url.host]
    const name = url.pathname === '/' ? page : url.pathname
    // Each origin has one page; its scripts, styles and fonts are shared.
    const other = name !== page && name?.endsWith('.html')
    const file = name === undefined || other ? undefined : files.get(name)
    const type = name === undefined ? undefined : TYPES[path.extname(name)]
    if (method !== 'GET' || page === undefined || file === undefined || type === undefined) return NOT_FOUND
    const [data] = await Promise.all([readFile(file), name === page || answering])
    return { statusCode: 200, headers: { ...HEADERS, 'content-type': type }, data }
  }
  // Not `handle`: its Request and Response are undici's, which take 40 ms to load at every start (ADR 0023).
  session.protocol.registerBufferProtocol(SCHEME, (request, respond) => {
    answer(request).then(respond, () => respond(NOT_FOUND))
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

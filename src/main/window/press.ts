import { BrowserWindow, session, type Session } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '../../shared/contract/result.ts'
import { HEADERS, listFiles, SCHEME, TYPES } from './protocol.ts'
import { denyEverything } from './session.ts'

/** No scripts, no images, no connections: what is on paper is words, our style and our fonts. */
export const PAPER_CSP =
  "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const ORIGIN = `${SCHEME}://paper`
const SHELL = 'paper.html'
const INSIDE = '<main></main>'

interface Printable {
  /** Finished markup for the inside of the page. */
  readonly body: string
  /** CSS of this document alone: size and running heads. */
  readonly style: string
  readonly size: 'a4' | 'letter'
}

/**
 * Turns sheets into pages, in a hidden window with a session, a process and an origin of its own. The page is
 * served from memory under an address that nobody can guess, once, and nothing of it touches the disk.
 */
export function createPress(options: {
  /** The built pages: the shell of the sheet, its style and fonts. */
  directory: string
  /** The application's window: when it goes (lock, quit), so does the sheet. */
  owner: () => BrowserWindow | null
}) {
  let own: { session: Session; shell: string; offered: Map<string, { type: string; text: string }> } | null =
    null

  function prepare() {
    if (own !== null) return own
    const offered = new Map<string, { type: string; text: string }>()
    const made = session.fromPartition('paper', { cache: false })
    denyEverything(made, undefined)
    serve(made, options.directory, offered)
    own = { session: made, shell: readFileSync(path.join(options.directory, SHELL), 'utf8'), offered }
    return own
  }

  /** Lays the sheet out, hands its window to `work`, and takes it away whatever happens. */
  async function withSheet<T>(sheet: Printable, work: (window: BrowserWindow) => Promise<T>): Promise<T> {
    const { session: made, shell, offered } = prepare()
    const owner = options.owner()
    if (owner === null) throw new Refusal('LOCKED')
    const name = randomBytes(16).toString('hex')
    const [page, style] = [`/${name}`, `/${name}.css`]
    const [before, after] = shell
      .replace('</head>', () => `<link rel="stylesheet" href=".${style}"></head>`)
      .split(INSIDE)
    offered.set(page, {
      type: '.html',
      text: `${before ?? ''}<main>${sheet.body}</main>${after ?? ''}`,
    })
    offered.set(style, { type: '.css', text: sheet.style })
    const window = new BrowserWindow({
      show: false,
      title: 'Bracket',
      width: 900,
      height: 1200,
      skipTaskbar: true,
      webPreferences: {
        session: made,
        javascript: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
        // Running heads are page margins of CSS: usual from Chrome 131 on, behind this in the older Electron.
        enableBlinkFeatures: 'PageMarginBoxes',
      },
    })
    const leave = (): void => window.destroy()
    owner.once('closed', leave)
    try {
      const gone = new Promise<never>((_, reject) =>
        window.once('closed', () => reject(new Refusal('LOCKED'))),
      )
      return await Promise.race([window.loadURL(`${ORIGIN}${page}`).then(() => work(window)), gone])
    } finally {
      offered.delete(page)
      offered.delete(style)
      if (!owner.isDestroyed()) owner.removeListener('closed', leave)
      if (!window.isDestroyed()) window.destroy()
    }
  }

  return {
    pdf: (sheet: Printable): Promise<Uint8Array> => withSheet(sheet, inItsLetters),

    print: (sheet: Printable): Promise<boolean> =>
      withSheet(sheet, async (window) => {
        await inItsLetters(window)
        return new Promise((resolve, reject) => {
          window.webContents.print(
            {
              silent: false,
              printBackground: false,
              pageSize: sheet.size === 'a4' ? 'A4' : 'Letter',
              margins: { marginType: 'default' },
            },
            (success, reason) => {
              if (success) resolve(true)
              else if (/cancel/iu.test(reason)) resolve(false)
              else reject(new Refusal('NOT_PRINTED'))
            },
          )
        })
      }),
  }
}

/** The text's typeface as PDF names it; the closing line of every sheet is set in it. */
const LETTERS = 'SourceSerif4-Regular'
const TRIES = 20

/**
 * The sheet as a PDF, once its letters are there. A hidden page is laid out for the first time when it is printed,
 * and only then asks for its fonts; without scripts nothing tells when they have come, so the PDF itself is asked.
 * If they never come the words are there all the same, in another typeface.
 */
async function inItsLetters(window: BrowserWindow): Promise<Uint8Array> {
  for (let tries = 1; ; tries += 1) {
    const made = await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: false,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
    if (made.includes(LETTERS) || tries === TRIES) return made
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** The sheet that is offered, once; of the built files styles and fonts alone. */
function serve(made: Session, directory: string, offered: Map<string, { type: string; text: string }>): void {
  const files = new Map([...listFiles(directory)].filter(([name]) => /\.(?:css|woff2)$/u.test(name)))
  const headers = { ...HEADERS, 'content-security-policy': PAPER_CSP }
  made.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const asked = request.method === 'GET' && host === 'paper'
    const once = asked ? offered.get(pathname) : undefined
    offered.delete(pathname)
    if (once !== undefined) {
      return new Response(once.text, { headers: { ...headers, 'content-type': TYPES[once.type] ?? '' } })
    }
    const file = asked ? files.get(pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...headers, 'content-type': TYPES[path.extname(pathname)] ?? '' },
    })
  })
}

export type Press = ReturnType<typeof createPress>

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'

/** Path from the repository's root, with slashes → text. */
export type SourceTree = ReadonlyMap<string, string>

export interface Import {
  readonly from: string
  /** A file of the tree, or the name of what lies outside: a package, `node:…`, `electron`, `virtual:…`. */
  readonly to: string
  /** Types are erased and load nothing, but they tie rooms together all the same. */
  readonly typeOnly: boolean
  readonly names: readonly string[]
}

export interface Resolution {
  /** Prefixes as in Vite's `resolve.alias` and package.json's `imports`, each to a path from the root. */
  readonly aliases: Readonly<Record<string, string>>
  /** Files of the build by name, for `new URL('./store-worker.js', import.meta.url)`. */
  readonly entries: Readonly<Record<string, string>>
}

export interface ImportGraph {
  readonly imports: readonly Import[]
  /** Imports nobody can follow by reading: computed names, globs, files that are not there. */
  readonly unreadable: readonly string[]
}

const CODE = /\.(?:[cm]?ts|tsx|[cm]?js)$/
const GUESSES = ['', '.ts', '.tsx', '.d.ts', '.mts', '.js', '/index.ts', '/index.tsx']
const PAGE_ROOT = 'src/renderer'

export function readTree(root: string, folder = 'src'): Map<string, string> {
  const tree = new Map<string, string>()
  if (!existsSync(path.join(root, folder))) return tree
  for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(root, file).split(path.sep).join('/')
    tree.set(name, CODE.test(name) ? readFileSync(file, 'utf8') : '')
  }
  return tree
}

export function importGraph(tree: SourceTree, resolution: Resolution): ImportGraph {
  const imports: Import[] = []
  const unreadable: string[] = []
  for (const [from, text] of tree) {
    if (!CODE.test(from)) continue
    for (const found of importsOf(from, text)) {
      const to = found.specifier === undefined ? undefined : resolve(tree, resolution, from, found.specifier)
      if (to === undefined) unreadable.push(`${from}: ${found.specifier ?? found.what}`)
      else imports.push({ from, to, typeOnly: found.typeOnly, names: found.names })
    }
  }
  return { imports, unreadable }
}

/** The way from a file to the first file that `isTarget` knows, or undefined when there is none. */
export function wayTo(
  graph: ImportGraph,
  start: string,
  isTarget: (file: string) => boolean,
  follow: (step: Import) => boolean = () => true,
): readonly string[] | undefined {
  const steps = grouped(graph.imports)
  const before = new Map<string, string | undefined>([[start, undefined]])
  const queue = [start]
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const step of steps.get(file) ?? []) {
      if (before.has(step.to) || !follow(step)) continue
      before.set(step.to, file)
      if (isTarget(step.to)) {
        const way = [step.to]
        for (let back = before.get(step.to); back !== undefined; back = before.get(back)) way.unshift(back)
        return way
      }
      queue.push(step.to)
    }
  }
  return undefined
}

function grouped(imports: readonly Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>()
  for (const step of imports) groups.set(step.from, [...(groups.get(step.from) ?? []), step])
  return groups
}

// — Reading —

interface Found {
  readonly specifier: string | undefined
  readonly what: string
  readonly typeOnly: boolean
  readonly names: readonly string[]
}

/** A node of the ESTree that the parser gives; only what is read here, and read with care. */
interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const read = new Map<string, readonly Found[]>()

/** Read once per text: the tests put hundreds of overlays on the same tree. */
function importsOf(file: string, text: string): readonly Found[] {
  const key = `${file}\n${text}`
  const known = read.get(key) ?? parsedImports(file, text)
  read.set(key, known)
  return known
}

function parsedImports(file: string, text: string): Found[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) return [{ specifier: undefined, what: 'does not parse', typeOnly: false, names: [] }]
  const found: Found[] = []
  const required = new Set(['require'])
  const add = (source: unknown, what: string, typeOnly = false, names: readonly string[] = []): void => {
    found.push({ specifier: literal(source), what, typeOnly, names })
  }
  const visit = (node: Node): void => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node.source, 'import', node.importKind === 'type', importedNames(node))
        break
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        if (isNode(node.source)) add(node.source, 'export', node.exportKind === 'type')
        break
      case 'ImportExpression':
        add(node.source, 'import(…)')
        break
      case 'TSImportType':
        add(node.source ?? node.argument, 'import type', true)
        break
      case 'TSExternalModuleReference':
        add(node.expression, 'import = require')
        break
      case 'VariableDeclarator':
        // `const load = createRequire(import.meta.url)` is a require by another name.
        if (isNode(node.init) && isNode(node.id) && isCallOf(node.init, ['createRequire'])) {
          required.add(String(node.id.name))
        }
        break
      case 'CallExpression': {
        const callee = isNode(node.callee) ? node.callee : undefined
        if (isCallOf(node, [...required]) || (callee && isCallOf(callee, ['createRequire']))) {
          add(argument(node, 0), 'require(…)')
        } else if (callee?.type === 'MemberExpression' && isImportMeta(callee.object)) {
          const property = isNode(callee.property) ? callee.property.name : undefined
          if (property === 'glob') add(undefined, 'import.meta.glob')
        }
        break
      }
      case 'NewExpression': {
        const base = argument(node, 1)
        const besideMe = base?.type === 'MemberExpression' && isImportMeta(base.object)
        if (besideMe && isNode(node.callee) && node.callee.name === 'URL')
          add(argument(node, 0), 'new URL(…)')
        break
      }
      default:
    }
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) value.filter(isNode).forEach(visit)
      else if (isNode(value)) visit(value)
    }
  }
  visit(program as unknown as Node)
  return found
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function isImportMeta(value: unknown): boolean {
  return isNode(value) && value.type === 'MetaProperty'
}

function isCallOf(node: Node, names: readonly string[]): boolean {
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return false
  return node.callee.type === 'Identifier' && names.includes(String(node.callee.name))
}

function argument(node: Node, index: number): Node | undefined {
  const value: unknown = Array.isArray(node.arguments) ? node.arguments[index] : undefined
  return isNode(value) ? value : undefined
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value
  if (value.type !== 'TemplateLiteral' || !Array.isArray(value.quasis) || value.quasis.length !== 1)
    return undefined
  const quasi: unknown = value.quasis[0]
  const text = isNode(quasi) ? (quasi.value as { cooked?: unknown }).cooked : undefined
  return typeof text === 'string' ? text : undefined
}

function importedNames(node: Node): string[] {
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
  return specifiers.map((one) => {
    if (one.type === 'ImportDefaultSpecifier') return 'default'
    if (one.type === 'ImportNamespaceSpecifier') return '*'
    return isNode(one.imported) ? String(one.imported.name ?? one.imported.value) : '?'
  })
}

// — Resolving —

function resolve(
  tree: SourceTree,
  { aliases, entries }: Resolution,
  from: string,
  specifier: string,
): string | undefined {
  const bare = specifier.replace(/[?#].*$/, '') || specifier
  const alias = Object.keys(aliases)
    .toSorted((a, b) => b.length - a.length)
    .find((prefix) => specifier === prefix || specifier.startsWith(prefix.replace(/\/?$/, '/')))
  if (alias !== undefined) {
    return fileAt(tree, path.posix.join(aliases[alias] ?? '', bare.slice(alias.length)))
  }
  if (bare.startsWith('/')) return fileAt(tree, path.posix.join(PAGE_ROOT, bare))
  if (!bare.startsWith('.')) return packageName(specifier)
  return fileAt(tree, path.posix.join(path.posix.dirname(from), bare)) ?? entries[path.posix.basename(bare)]
}

function fileAt(tree: SourceTree, file: string): string | undefined {
  const bases = [file, file.replace(/\.[cm]?js$/, '')]
  return bases
    .flatMap((base) => GUESSES.map((guess) => base + guess))
    .find((candidate) => tree.has(candidate))
}

function packageName(specifier: string): string {
  if (/^(?:node|virtual):/.test(specifier)) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

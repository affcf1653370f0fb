import { type Import, type ImportGraph, wayTo } from './importGraph.ts'

/** "Who may import whom" of architecture.md, and the wall. A rule's finding is one line a person can act on. */
export function violations(graph: ImportGraph): string[] {
  return [
    ...graph.unreadable.map((one) => `cannot be followed: ${one}`),
    ...graph.imports.flatMap(forbiddenStep),
    ...walls(graph),
    ...openFeatures(graph),
    ...twoRoomsAtOnce(graph),
  ]
}

const inside = (...folders: string[]) => {
  const prefixes = folders.map((folder) => `src/${folder}/`)
  return (file: string): boolean => prefixes.some((prefix) => file.startsWith(prefix))
}
const isSource = (target: string): boolean => target.startsWith('src/')
const isNode = (target: string): boolean => target.startsWith('node:')
const isElectron = (target: string): boolean => target === 'electron'
const isOneOf =
  (...names: string[]) =>
  (target: string): boolean =>
    names.includes(target)

const shared = inside('shared')
const privateRoom = inside('main/services/private', 'main/store/private')
const recordRoom = inside('main/services/record', 'main/store/record')
const storeItself = (file: string): boolean =>
  inside('main/store')(file) && !privateRoom(file) && !recordRoom(file)
const privateFeature = inside('renderer/features/private')
const featureOf = (file: string): string | undefined => /^src\/renderer\/features\/([^/]+)\//.exec(file)?.[1]

/**
 * What puts the house together: compose.ts, and two parts of it in files of their own. rooms/ opens and closes
 * both files, sample/caseload.ts fills both rooms of a throwaway vault. Nothing else sees both.
 */
const composes = isOneOf('src/main/compose.ts', 'src/main/rooms/rooms.ts', 'src/main/sample/caseload.ts')
/** What compose.ts hands out: rooms, entrance, locking, clipboard. Others know its shapes only. */
const isComposed = (file: string): boolean => /^src\/main\/((entrance|rooms)\/)?[\w-]+\.ts$/.test(file)

// — One step: which room may import which —

interface Room {
  readonly name: string
  readonly holds: (file: string) => boolean
  /** Files of the tree that it may import, itself aside. */
  readonly sources: (target: string, step: Import) => boolean
  /** Packages that it may import. */
  readonly packages: (target: string, step: Import) => boolean
}

const nothing = (): boolean => false
const anyPackage = (target: string): boolean => !isSource(target)
const noElectron = (target: string): boolean => !isElectron(target)
const pagePackage = (target: string): boolean => !isNode(target) && !isElectron(target) && !isNative(target)
const isNative = isOneOf('keytar', '@journeyapps/sqlcipher', '@signalapp/sqlcipher')

/** The first that holds a file is its room. */
const ROOMS: readonly Room[] = [
  {
    name: 'shared',
    holds: shared,
    sources: nothing,
    // Pure, and the same in every process: schemas, and a calendar where the language has none yet.
    packages: isOneOf('zod', 'temporal-polyfill'),
  },
  {
    name: 'preload',
    holds: inside('preload'),
    sources: (target, step) => shared(target) && step.typeOnly,
    packages: isOneOf('electron', 'virtual:channel-names'),
  },
  {
    name: 'a migration',
    holds: (file) => /^src\/main\/store\/\w+\/migrations\/\d/.test(file),
    // Frozen history: a helper's shape, and no code that may change under it.
    sources: (target, step) => target === 'src/main/store/migrate.ts' && step.typeOnly,
    packages: nothing,
  },
  {
    name: 'store/record',
    holds: inside('main/store/record'),
    sources: (target) => shared(target) || storeItself(target),
    packages: noElectron,
  },
  {
    name: 'store/private',
    holds: inside('main/store/private'),
    sources: (target) => shared(target) || storeItself(target),
    packages: noElectron,
  },
  { name: 'store', holds: storeItself, sources: shared, packages: noElectron },
  {
    name: 'services/record',
    holds: inside('main/services/record'),
    sources: inside('shared', 'main/store', 'main/vault'),
    packages: noElectron,
  },
  {
    name: 'services/private',
    holds: inside('main/services/private'),
    sources: inside('shared', 'main/store', 'main/vault'),
    packages: noElectron,
  },
  { name: 'vault', holds: inside('main/vault'), sources: shared, packages: anyPackage },
  {
    name: 'ipc/handlers',
    holds: inside('main/ipc/handlers'),
    sources: (target, step) =>
      inside('shared', 'main/services', 'main/vault', 'main/ipc')(target) ||
      (isComposed(target) && step.typeOnly),
    packages: noElectron,
  },
  {
    name: 'ipc',
    holds: inside('main/ipc'),
    // Errors of the rooms below are turned into the contract's codes here.
    sources: (target) =>
      shared(target) || storeItself(target) || inside('main/vault', 'main/logging')(target),
    packages: anyPackage,
  },
  {
    name: 'window',
    holds: inside('main/window'),
    sources: inside('shared', 'main/logging'),
    packages: anyPackage,
  },
  {
    name: 'reminders',
    holds: inside('main/reminders'),
    sources: inside('shared', 'main/services/record', 'main/logging'),
    packages: anyPackage,
  },
  { name: 'logging', holds: inside('main/logging'), sources: shared, packages: noElectron },
  {
    name: 'export and backup',
    holds: inside('main/export', 'main/backup'),
    sources: (target) =>
      storeItself(target) || inside('shared', 'main/services/record', 'main/vault', 'main/logging')(target),
    packages: anyPackage,
  },
  { name: 'main', holds: inside('main'), sources: inside('main', 'shared'), packages: anyPackage },
  { name: 'ui', holds: inside('renderer/ui'), sources: shared, packages: pagePackage },
  { name: 'api', holds: inside('renderer/api'), sources: shared, packages: pagePackage },
  {
    name: 'editor',
    holds: inside('renderer/editor'),
    sources: inside('shared', 'renderer/ui', 'renderer/api'),
    packages: pagePackage,
  },
  {
    name: 'a feature',
    holds: inside('renderer/features'),
    sources: inside('shared', 'renderer/api', 'renderer/editor', 'renderer/ui', 'renderer/features'),
    packages: pagePackage,
  },
  {
    // The page that takes passphrases is a process of its own and shares no code with what shows notes.
    name: 'unlock',
    holds: inside('renderer/unlock'),
    sources: inside('shared', 'renderer/ui', 'renderer/api'),
    packages: pagePackage,
  },
  {
    name: 'renderer',
    holds: inside('renderer'),
    sources: inside('renderer', 'shared'),
    packages: pagePackage,
  },
]

function forbiddenStep(step: Import): string[] {
  const room = ROOMS.find((one) => one.holds(step.from))
  if (!room) return [`${step.from} is in no room of architecture.md`]
  const allowed = isSource(step.to)
    ? room.holds(step.to) || room.sources(step.to, step)
    : room.packages(step.to, step)
  const found = allowed ? [] : [`${room.name} may not import ${step.to} (${step.from})`]
  const door = 'src/main/ipc/guard.ts'
  const names = ['ipcMain', 'default', '*']
  if (isElectron(step.to) && step.from !== door && step.names.some((name) => names.includes(name))) {
    found.push(`only ${door} may have ipcMain (${step.from})`)
  }
  return found
}

// — Any number of steps: what a room must never reach, through whatever file —

interface Wall {
  readonly name: string
  readonly from: (file: string) => boolean
  readonly never: (target: string) => boolean
  readonly follow?: (step: Import) => boolean
}

/** The screens in which the private room has a place of its own. None of them writes anything out. */
const HOSTS_OF_THE_PRIVATE_ROOM = inside(
  'renderer/features/write',
  'renderer/features/review',
  'renderer/features/client',
)

const WALLS: readonly Wall[] = [
  {
    name: 'the record side never reaches the private room',
    from: (file) =>
      recordRoom(file) ||
      inside('main/export', 'main/backup', 'main/salvage', 'main/reminders', 'main/logging')(file) ||
      file.startsWith('src/main/ipc/handlers/record') ||
      file.startsWith('src/main/ipc/handlers/paper'),
    never: privateRoom,
  },
  {
    name: 'the private room never reaches the record',
    from: privateRoom,
    never: (file) => recordRoom(file) || inside('main/export', 'main/backup', 'main/reminders')(file),
  },
  {
    name: 'what lies below both rooms reaches neither',
    from: (file) => storeItself(file) || inside('main/vault', 'main/window')(file),
    never: (file) => recordRoom(file) || privateRoom(file),
  },
  {
    name: 'no page reaches the private feature but its hosts',
    from: (file) =>
      inside('renderer')(file) &&
      !inside('renderer/app')(file) &&
      !privateFeature(file) &&
      !HOSTS_OF_THE_PRIVATE_ROOM(file),
    never: privateFeature,
  },
  {
    name: 'the unlock page reaches nothing that shows notes',
    from: inside('renderer/unlock'),
    never: inside('renderer/app', 'renderer/features', 'renderer/editor'),
  },
  {
    name: 'services run without Electron',
    from: inside('main/services', 'main/store', 'shared'),
    never: isElectron,
  },
  {
    name: 'the preload carries no schemas',
    from: inside('preload'),
    never: isOneOf('zod'),
    follow: (step) => !step.typeOnly,
  },
  {
    name: 'a page reaches neither Node nor Electron nor main',
    from: inside('renderer', 'shared'),
    never: (target) => isNode(target) || isElectron(target) || isNative(target) || inside('main')(target),
  },
]

function walls(graph: ImportGraph): string[] {
  const files = new Set(graph.imports.map((step) => step.from))
  return WALLS.flatMap((wall) =>
    [...files].filter(wall.from).flatMap((file) => {
      const way = wayTo(graph, file, wall.never, wall.follow)
      return way ? [`${wall.name}: ${way.join(' → ')}`] : []
    }),
  )
}

// — What is about several imports at once —

/** A feature has one public file: whatever other features use of it comes from there. */
function openFeatures(graph: ImportGraph): string[] {
  const used = new Map<string, Set<string>>()
  for (const step of graph.imports) {
    const [from, to] = [featureOf(step.from), featureOf(step.to)]
    if (from === undefined || to === undefined || from === to) continue
    used.set(to, (used.get(to) ?? new Set()).add(step.to))
  }
  return [...used]
    .filter(([, files]) => files.size > 1)
    .map(([feature, files]) => `features/${feature} has more than one public file: ${[...files].join(', ')}`)
}

/** Only compose.ts sees everything. */
function twoRoomsAtOnce(graph: ImportGraph): string[] {
  const files = [...new Set(graph.imports.map((step) => step.from))].filter((file) => !composes(file))
  return files.flatMap((file) => {
    const targets = graph.imports.filter((step) => step.from === file).map((step) => step.to)
    return targets.some(recordRoom) && targets.some(privateRoom)
      ? [`only compose.ts may see both rooms (${file})`]
      : []
  })
}

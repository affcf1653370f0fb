import { app, powerMonitor } from 'electron'
import os from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../shared/domain/clock.ts'
import { backupsBeside } from './backup/beside.ts'
import { startCheckProcess } from './checkProcess.ts'
import { createClipboard } from './clipboard.ts'
import { createDesks } from './desks.ts'
import { createDestroying } from './entrance/destroying.ts'
import { createHeldBack } from './heldBack.ts'
import { createEntrance } from './entrance/entrance.ts'
import { followPower, type PowerEvents } from './powerEvents.ts'
import { openDoor } from './ipc/guard.ts'
import { appHandlers } from './ipc/handlers/app.ts'
import { auditLogHandlers } from './ipc/handlers/auditLog.ts'
import { calendarHandlers } from './ipc/handlers/calendar.ts'
import { formatHandlers } from './ipc/handlers/formats.ts'
import { paperHandlers } from './ipc/handlers/paper.ts'
import { backupHandlers } from './ipc/handlers/backup.ts'
import { snippetHandlers, spellingHandlers } from './ipc/handlers/snippets.ts'
import { privateHandlers } from './ipc/handlers/privateRoom.ts'
import { recordHandlers } from './ipc/handlers/record.ts'
import { damageHandlers } from './ipc/handlers/damage.ts'
import { checkingHandlers, wipingHandlers } from './ipc/handlers/wiping.ts'
import { vaultHandlers } from './ipc/handlers/vault.ts'
import { createKeeping } from './keeping.ts'
import { createLocking } from './locking.ts'
import { openLog } from './logging/log.ts'
import { createReminding } from './reminders/reminding.ts'
import { createRooms } from './rooms/rooms.ts'
import type { Start } from './startup/arguments.ts'
import { chooseDriver } from './store/driver/choose.ts'
import { createTrouble } from './trouble.ts'
import { keytarKeychain } from './vault/keytarKeychain.ts'
import { productionKdf, quickKdf } from './vault/keys.ts'
import { StrengthMeter } from './vault/strength.ts'
import { Vault } from './vault/Vault.ts'
import { viewedNotes } from './viewedNotes.ts'
import { askToQuit } from './window/dialogs.ts'
import { setMenu } from './window/menu.ts'
import type { Windows } from './window/windows.ts'

const TICK_MS = 5_000
const TYPING_MS = 10_000

export interface Surroundings {
  start: Start
  /** With the door already standing in them. */
  windows: Windows
  /** The built pages. */
  pages: string
}

/** Builds every service once and hands each what it needs. With rooms.ts and the sample caseload the only file that sees both rooms. */
export function compose({ start, windows, pages }: Surroundings) {
  const clock: Clock = { now: () => Date.now() + start.clockOffset }
  const log = openLog(start.profile, () => clock.now())
  const clipboard = createClipboard()
  let lastActivity = 0

  windows.attend({
    onActivity: () => {
      lastActivity = Date.now()
      locking.activity()
    },
    onCloseWanted: () => (process.platform === 'darwin' ? void locking.lock() : app.quit()),
    onDoorShown: () => rooms.warmUp(),
    onDoorClosed: () => (process.platform === 'darwin' ? undefined : app.quit()),
    onPageLost: () => {
      log('page-lost')
      void locking.lock()
    },
  })

  const driver = chooseDriver({
    platform: process.platform,
    environment: process.env,
    allowOverrides: start.seams,
  })
  const rooms = createRooms({
    profile: start.profile,
    clock,
    driver,
    workerPath: new URL('./store-worker.js', import.meta.url),
    startCheck: startCheckProcess,
    changed: (topics) => {
      windows.send('changed', { topics })
      if (topics.includes('sessions') || topics.includes('preferences')) void reminders.refresh()
    },
    onTrouble: (what, room) => trouble.noticed(what, room),
    onClosing: () => {
      checks.cancel()
      calendar.forget()
      shorthand.forget()
      return backups.closing()
    },
  })

  const meter = new StrengthMeter({
    personal: { names: [os.userInfo().username], computer: os.hostname() },
    createWorker: () => new Worker(new URL('./strength-worker.js', import.meta.url), { execArgv: [] }),
  })
  const keychain = keytarKeychain()
  const vaultAt = (directory: string): Vault =>
    new Vault({
      directory,
      keychain,
      now: () => clock.now(),
      strength: (passphrase) => meter.strength(passphrase),
      kdf: start.quickDerivation ? quickKdf : productionKdf,
    })
  const vault = vaultAt(start.profile)
  const heldBack = createHeldBack()
  const locking = createLocking({
    windows,
    rooms,
    vault,
    clock,
    heldBack,
    log,
    onSampleClosed: () => reminders.forget(),
    askToQuit,
  })

  const { calendar, formats, shorthand, paper } = createDesks({
    profile: start.profile,
    clock,
    rooms,
    windows,
    pages,
  })

  const { backups, restoring, salvage, checks } = createKeeping({
    profile: start.profile,
    clock,
    driver,
    rooms,
    windows,
    keychain,
    vault,
    vaultAt,
    slotsForBackup: () => entrance.slotsForBackup(),
    isAtDoor: () => entrance.isAtDoor(),
    onDamage: () => trouble.noticed('DAMAGE', 'record'),
    log,
  })
  const reminders = createReminding({
    clock,
    record: rooms.record,
    isTyping: () => Date.now() - lastActivity < TYPING_MS && windows.isEntered(),
    focus: windows.focus,
    review: (sessionId) => windows.send('go', { to: 'review', sessionId }),
  })
  setInterval(() => {
    reminders.tick()
    trouble.tick()
  }, TICK_MS).unref()

  function onOpened(): void {
    meter.dispose()
    locking.opened()
    const chosen = reminders.takeChosen()
    if (chosen !== null) locking.rememberPlace({ path: `/review/${chosen}`, caret: null, scroll: 0 })
    void reminders.refresh()
    void paper.sweep().catch(() => undefined)
    void backups.opened()
    const record = rooms.record()
    void record?.horizon.roll().catch(() => undefined)
    void calendar.tick().catch(() => undefined)
    // After the first screen has had its turn.
    setTimeout(() => {
      void record?.notes.settle().catch(() => undefined)
      void record?.verification.run().catch(() => undefined)
    }, 1500).unref()
  }

  const destroying = createDestroying({
    vault,
    rooms,
    windows,
    locking,
    heldBack,
    backups: () => backups.view(),
  })

  const entrance = createEntrance({
    vault,
    rooms,
    windows,
    locking,
    clock,
    heldBack,
    strength: (passphrase) => meter.strength(passphrase),
    profile: start.profile,
    async settleRestore() {
      return (await destroying.settled()) ?? restoring.settled()
    },
    destroyed: () => destroying.proof() !== null,
    onOpened,
    onKeysChanged: () => void backups.keysChanged(),
  })

  const trouble = createTrouble({
    rooms,
    windows,
    locking,
    stop: (reason) => entrance.stop(reason),
    check: (record) => checks.run(record),
    log,
    quietMs: () => Date.now() - lastActivity,
  })

  openDoor({
    handlers: {
      ...appHandlers({
        rooms,
        locking,
        entrance,
        clipboard,
        heldBack,
        facts: { clockOffset: start.clockOffset, version: app.getVersion(), platform: platform() },
      }),
      ...vaultHandlers(entrance),
      ...recordHandlers(rooms.record),
      ...wipingHandlers(destroying),
      ...checkingHandlers({ record: rooms.record, checks }),
      ...damageHandlers({
        newestBackup: async () => {
          const [newest] = await backupsBeside(start.profile, clock.now())
          return newest === undefined ? null : { name: newest.name, createdAt: newest.createdAt }
        },
        salvage,
      }),
      ...auditLogHandlers(rooms.record),
      ...paperHandlers(paper),
      ...calendarHandlers(calendar),
      ...snippetHandlers(shorthand),
      ...formatHandlers(formats),
      ...spellingHandlers(rooms.record),
      ...privateHandlers({
        room: rooms.private,
        open: async () => {
          const opened = await entrance.openPrivateRoom()
          if (opened) void backups.privateOpened()
          return opened
        },
        close: locking.closePrivate,
        viewed: viewedNotes(rooms),
        destroyed: async (subject) => {
          // The note is gone whether or not the log can be written; its own room remembers it too.
          await rooms
            .record()
            ?.log.note('private-destroyed', { subject })
            .catch(() => undefined)
        },
        laneOpen: () => rooms.record()?.preferences.current().privateLane ?? false,
      }),
      ...backupHandlers({
        record: rooms.record,
        backups,
        restoring: {
          ...restoring,
          async apply(given) {
            const since = locking.timesAway()
            await entrance.requireSettledForRestore()
            await restoring.apply(given)
            await entrance.enterRestored(given.passphrase, since)
          },
        },
      }),
    },
    whoAsks: (event) => windows.whoAsks(event),
    isOpen: (room) => (room === 'record' ? rooms.record() : rooms.private()) !== null,
    note: log,
  })

  // What was read out of a damaged file is words like any other; a rehearsed restore waits for its owner's click.
  followPower(powerMonitor as PowerEvents, locking, () => {
    void salvage.leaveByItself()
    void restoring.leaveByItself()
  })

  setMenu({
    today: () => windows.send('go', { to: 'today', sessionId: null }),
    settings: () => windows.send('go', { to: 'settings', sessionId: null }),
    lock: () => void locking.lock(),
  })
  rooms.sweepSamples()
  entrance.lookAhead()

  return {
    /** Commits what is typed, seals what was signed, closes both files. False: the person wants to stay. */
    async end(): Promise<boolean> {
      if (!(await locking.closeForGood())) return false
      await clipboard.clear().catch(() => undefined)
      await restoring.forget().catch(() => undefined)
      await salvage.leave().catch(() => undefined)
      await entrance.abandon().catch(() => undefined)
      rooms.coolDown()
      return true
    },
  }
}

function platform(): 'mac' | 'windows' | 'linux' {
  if (process.platform === 'darwin') return 'mac'
  return process.platform === 'win32' ? 'windows' : 'linux'
}

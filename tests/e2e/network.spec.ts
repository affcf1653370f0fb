import { expect, test } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { freshProfile, launch, removeProfile, ROOT, type Running } from '../support/application.ts'
import { readNetLog, talk } from '../support/netLog.ts'
import { liveTheMainJob } from '../support/oneSession.ts'

test.describe("Chromium's own log of its network", () => {
  let profile: string
  let running: Running
  let file: string

  test.beforeEach(async () => {
    profile = freshProfile()
    file = path.join(profile, 'net.json')
    running = await launch({ profile, args: [`--log-net-log=${file}`, '--net-log-capture-mode=Everything'] })
  })
  test.afterEach(async () => {
    await running.stop()
    removeProfile(profile)
  })

  test('knows of no name, no socket and no request over the whole of the main job', async () => {
    await liveTheMainJob(running, (field) => `word of ${field}`)
    await running.stop()
    const events = readNetLog(file)
    expect(events.length).toBeGreaterThan(0)
    expect(talk(events)).toEqual([])
  })

  test('would know: a request that main itself is made to send is there, and finds no name', async () => {
    const answer = await running.app.evaluate(
      ({ net, session }) =>
        new Promise<string>((resolve) => {
          // A session of nobody's: ours would refuse before the network is asked. Not `fetch`: Node makes it up when
          // it is first asked for, which was seen to fail.
          const request = net.request({
            url: 'http://example.com/',
            session: session.fromPartition('somebody else'),
          })
          request.on('response', () => resolve('answered'))
          request.on('error', (error) => resolve(String(error)))
          request.end()
        }),
    )
    expect(answer).toContain('ERR_NAME_NOT_RESOLVED')
    await running.stop()
    const heard = talk(readNetLog(file)).join('\n')
    for (const word of ['URL_REQUEST_START_JOB', 'HOST_RESOLVER_MANAGER_REQUEST', 'TRANSPORT_CONNECT_JOB']) {
      expect(heard).toContain(word)
    }
  })
})

/** A namespace of its own with loopback and nothing else: root may make one, others where the kernel lets them. */
const NAMESPACE = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
const LOOPBACK_UP =
  'ip link set lo up 2>/dev/null || ' +
  `python3 -c "import fcntl,socket,struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh', b'lo', 1))"`
const canLeaveTheNetwork =
  process.platform === 'linux' && spawnSync('unshare', [...NAMESPACE, 'sh', '-c', LOOPBACK_UP]).status === 0

if (canLeaveTheNetwork) {
  test('on a machine without any network but loopback it works as ever', async () => {
    const printed: string[] = []
    // The runner needs loopback for its debugger, so all of it goes inside, with a keychain of its own.
    const inside = spawn(
      'unshare',
      [
        ...NAMESPACE,
        'sh',
        '-c',
        `${LOOPBACK_UP}; exec "$@"`,
        'sh',
        process.execPath,
        path.join(ROOT, 'scripts/keychain.mjs'),
        process.execPath,
        path.join(ROOT, 'node_modules/@playwright/test/cli.js'),
        'test',
        `--config=${path.join(ROOT, 'tests/support/offline.config.ts')}`,
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    for (const stream of [inside.stdout, inside.stderr])
      stream.on('data', (data: Buffer) => printed.push(String(data)))
    const code = await new Promise((resolve) => inside.once('close', resolve))
    expect(code, printed.join('')).toBe(0)
    expect(printed.join('')).toContain('1 passed')
  })
} else {
  test('where no network can be taken away, no name can be looked up all the same', async () => {
    const profile = freshProfile()
    const running = await launch({ profile })
    try {
      const rules = await running.app.evaluate(({ app }) =>
        app.commandLine.getSwitchValue('host-resolver-rules'),
      )
      expect(rules).toBe('MAP * ~NOTFOUND')
    } finally {
      await running.stop()
      removeProfile(profile)
    }
  })
}

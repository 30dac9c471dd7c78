import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, test } from 'vitest'
import { expectMended, expectOriginalsWhenDown, expectTwoViews, type Driver } from './other.ts'
import { createStage, until, type Stage } from './stage.ts'

let stage: Stage
const programs: ChildProcess[] = []
let base: string
let session: string | undefined
let driver: Driver

beforeAll(async () => {
  stage = await createStage()
  base = `http://127.0.0.1:${await startDriver()}`
})

beforeEach(async () => {
  await stage.reset()
  await endSession()
  // A new session: WebDriver gives each its own storage.
  const started = (await call('POST', '/session', { capabilities: { alwaysMatch: MINI_BROWSER } })) as { sessionId: string }
  session = `/session/${started.sessionId}`
  driver = drive(session)
})

afterAll(async () => {
  await endSession()
  // The whole group: the bus does not take the driver with it.
  for (const { pid } of programs) if (pid) process.kill(-pid)
  await stage?.stop()
})

test('WebKit: images through the worker on the second view, originals when the backend is down', async () => {
  await expectTwoViews(driver, stage)
  await expectOriginalsWhenDown(driver, stage)
})

test('WebKit: what it cannot decode becomes the original', async () => {
  await expectTwoViews(driver, stage)
  await expectMended(driver, stage)
})

const MINI_BROWSER = {
  'webkitgtk:browserOptions': {
    binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    args: ['--automation'],
  },
}

function drive(path: string): Driver {
  return {
    open: async (url) => void (await call('POST', `${path}/url`, { url })),
    run: (script) => call('POST', `${path}/execute/sync`, { script, args: [] }),
  }
}

async function endSession(): Promise<void> {
  if (session) await call('DELETE', session)
  session = undefined
}

/** One command of the WebDriver protocol. */
async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(base + path, { method, body: body === undefined ? null : JSON.stringify(body) })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
  return value
}

/** A display, a bus and the driver; gives the driver's port. */
async function startDriver(): Promise<number> {
  const display = await startDisplay()
  const port = await freePort()
  const environment = {
    ...process.env,
    DISPLAY: display,
    // Root has no sandbox, and this display no graphics card.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  }
  const command = ['--', 'WebKitWebDriver', `--port=${port}`]
  programs.push(spawn('dbus-run-session', command, { env: environment, stdio: 'ignore', detached: true }))
  await until('the driver answers', () => fetch(`http://127.0.0.1:${port}/status`).then(({ ok }) => ok, () => false))
  return port
}

/** Xvfb chooses a free display itself and writes its number to the given descriptor. */
function startDisplay(): Promise<string> {
  const command = ['-displayfd', '3', '-screen', '0', '1280x900x24']
  const xvfb = spawn('Xvfb', command, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
  programs.push(xvfb)
  return new Promise((resolve, reject) => {
    xvfb.once('error', reject)
    xvfb.stdio[3]?.once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

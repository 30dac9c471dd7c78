import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { chromium, type Page } from 'playwright-core'
import puppeteer from 'puppeteer-core'
import { until } from './stage.ts'

/** What every engine can do for a test. */
export interface Driver {
  open(url: string): Promise<void>
  /** Runs a function body in the page. It cannot wait: WebKit's driver does not always come back from that. */
  run(body: string): Promise<unknown>
  /** Writes a picture of the page. */
  shoot(path: string): Promise<void>
  /** Shows the page as it would be printed; only where the engine's driver can. */
  print?(): Promise<void>
  /** Shows it on the screen again. */
  screen?(): Promise<void>
}

/** A browser with a new profile: no cache, no worker, no storage. */
export interface Session {
  readonly driver: Driver
  stop(): Promise<void>
}

/** One of the three families of browsers. */
export interface Engine {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit'
  start(): Promise<Session>
}

/** Every engine that a promise must hold in. */
export const engines: readonly Engine[] = [
  { name: 'Chromium', start: () => persist(startChromium) },
  { name: 'Firefox', start: () => persist(startFirefox) },
  { name: 'WebKit', start: () => persist(startWebKit) },
]

/** A browser or a driver that does not start says nothing about gip: each try begins with nothing. */
async function persist(start: () => Promise<Session>, tries = 3): Promise<Session> {
  try {
    return await start()
  } catch (error) {
    if (tries === 1) throw error
    return persist(start, tries - 1)
  }
}

async function startChromium(): Promise<Session> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  return { driver: drive(await browser.newPage()), stop: () => browser.close() }
}

/** Drives one page of Chromium: a test of many pages starts the browser once. */
export function drive(page: Page): Driver {
  return {
    open: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' })),
    run: (body) => page.evaluate(`(() => { ${body} })()`),
    shoot: async (path) => void (await page.screenshot({ path })),
    print: () => page.emulateMedia({ media: 'print' }),
    screen: () => page.emulateMedia({ media: null }),
  }
}

async function startFirefox(): Promise<Session> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: 30_000,
    // What it has kept it may ask for twice when the disk is slow: once in a race with its cache. Tests count what pages ask for.
    extraPrefsFirefox: { 'network.http.rcwn.enabled': false },
  })
  const page = await browser.newPage()
  return {
    driver: {
      open: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' })),
      run: (body) => page.evaluate(`(() => { ${body} })()`),
      shoot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    },
    stop: () => browser.close(),
  }
}

const MINI_BROWSER = {
  // An image that never comes must not hold a test, and the driver does not always come back from `eager`.
  pageLoadStrategy: 'none',
  'webkitgtk:browserOptions': {
    binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    args: ['--automation'],
  },
}

const IS_READ = `return !document.isOld && document.readyState !== 'loading'`

async function startWebKit(): Promise<Session> {
  const programs: ChildProcess[] = []
  const end = () => programs.forEach(endGroup)
  try {
    return await openMiniBrowser(programs, end)
  } catch (error) {
    end()
    throw error
  }
}

/** A bus does not take the driver with it. */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid && exitCode === null && signalCode === null) process.kill(-pid)
}

async function openMiniBrowser(programs: ChildProcess[], end: () => void): Promise<Session> {
  const base = `http://127.0.0.1:${await startDriver(programs)}`
  const started = await call(base, 'POST', '/session', { capabilities: { alwaysMatch: MINI_BROWSER } })
  const session = `/session/${(started as { sessionId: string }).sessionId}`
  const once = (script: string): Promise<unknown> => call(base, 'POST', `${session}/execute/sync`, { script, args: [] })
  // What was asked of a page that left is sometimes never answered; the one that came can be asked.
  const run = (script: string) => once(script).catch((error: Error) => (error.name === 'TimeoutError' ? once(script) : Promise.reject(error)))
  return {
    driver: {
      async open(url) {
        await run('document.isOld = true')
        await call(base, 'POST', `${session}/url`, { url })
        // The old page may leave while it is asked.
        await until('the page is read', () => run(IS_READ).then((isRead) => isRead === true, () => false))
      },
      run,
      async shoot(path) {
        writeFileSync(path, Buffer.from(String(await call(base, 'GET', `${session}/screenshot`)), 'base64'))
      },
    },
    // Whether it ends by itself or is ended, nothing of it is left.
    stop: () => call(base, 'DELETE', session).then(end, end),
  }
}

/** Milliseconds for one command; each is done in a fraction of it. */
const PATIENCE = 15_000

/** One command of the WebDriver protocol. */
async function call(base: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const signal = AbortSignal.timeout(PATIENCE)
  const response = await fetch(base + path, { method, signal, body: body === undefined ? null : JSON.stringify(body) })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
  return value
}

/** A display, a bus and the driver; gives the driver's port. */
async function startDriver(programs: ChildProcess[]): Promise<number> {
  const display = await startDisplay(programs)
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
function startDisplay(programs: ChildProcess[]): Promise<string> {
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

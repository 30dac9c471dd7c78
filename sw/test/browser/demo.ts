import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BINARY } from './gip.ts'

/** What a newcomer sees after `make run`, which is `gip demo --serve`. */
export interface Demo {
  readonly address: string
  /** Ends `gip serve` as a crash would; the site stays. */
  killServer(): void
  stop(): Promise<void>
}

/** Starts the demo in a folder of its own, and waits until its images are warm. */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'gip-demo-'))
  const demo = spawn(BINARY, ['demo', '--serve', '--listen', '127.0.0.1:0'], {
    env: { PATH: process.env['PATH'], HOME: folder, GIP_DATA: join(folder, 'data'), GIP_LISTEN: '127.0.0.1:0', GIP_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    address: await printedAddress(demo),
    killServer: () => void execFileSync('pkill', ['-KILL', '-P', `${demo.pid}`]),
    async stop() {
      const gone = new Promise((resolve) => demo.once('exit', resolve))
      demo.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (data: Buffer) => {
      said += data
      const found = /the demo page is at (http:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`gip demo ended with ${code}: ${said}`)))
  })
}

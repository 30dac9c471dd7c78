import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The real binary, as `make build` leaves it. */
export const BINARY = process.env['GIP_BINARY'] ?? fileURLToPath(new URL('../../../bin/gip', import.meta.url))

export interface Settings {
  /** A folder of the test's own. */
  readonly folder: string
  /** The endpoint as browsers see it. */
  readonly publicURL: string
  readonly sources: readonly string[]
  /** Where the site's pages are, which may ask for tokens. */
  readonly origins?: readonly string[]
  /** Of the site: options by name. */
  readonly presets?: Readonly<Record<string, string>>
  /** Further settings (GIP_*). */
  readonly more?: Readonly<Record<string, string>>
}

export interface Gip {
  readonly address: URL
  stop(): Promise<void>
}

export function sign(settings: Settings, flag: '--shim' | '--tag'): string {
  return execFileSync(BINARY, ['sign', '--site', 'test', flag], { env: environment(settings), encoding: 'utf8' }).trim()
}

export function convert(from: string, to: string): void {
  execFileSync(BINARY, ['convert', from, '-o', to, '--quality', '90', '--force'], { stdio: 'pipe' })
}

/** Starts `gip serve` and waits until it says that it listens. */
export async function serve(settings: Settings): Promise<Gip> {
  const child = spawn(BINARY, ['serve'], { env: environment(settings), stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    address: new URL(await listening(child)),
    stop() {
      child.kill('SIGTERM')
      return gone
    },
  }
}

function environment({ folder, publicURL, sources, origins = [], presets = {}, more }: Settings): NodeJS.ProcessEnv {
  const config = join(folder, 'gip.yaml')
  writeFileSync(config, `sites:\n  - name: test\n    sources: ${JSON.stringify(sources)}\n    origins: ${JSON.stringify(origins)}\n    queries: true\n    presets: ${JSON.stringify(presets)}\n`)
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    GIP_LISTEN: '127.0.0.1:0',
    GIP_DATA: join(folder, 'data'),
    GIP_CONFIG: config,
    GIP_PUBLIC_URL: publicURL,
    GIP_ALLOW_NETWORKS: '127.0.0.0/8,::1/128',
    ...more,
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    function hear(data: Buffer): void {
      said += data
      const address = /listening on (http:\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`gip serve ended with ${code}: ${said}`)))
  })
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What rig.sh wrote down. */
interface Rig {
  readonly proxy: Readonly<Record<'endpoint' | 'front' | 'key' | 'salt' | 'site' | 'moods', string>>
  readonly sites: Readonly<Record<string, Site>>
}

interface Site {
  readonly url: string
  readonly seeds: Readonly<Record<string, { readonly pages: Readonly<Record<string, string>>; readonly images: Readonly<Record<string, number>> }>>
}

const file = process.env['GIP4ALL_RIG']
if (!file) throw new TypeError('GIP4ALL_RIG names no running rig; make test-wordpress-live does.')

export const rig = JSON.parse(readFileSync(file, 'utf8')) as Rig

/** Pictures to be looked at by people. */
export const shots = join(dirname(dirname(file)), 'shots')
mkdirSync(shots, { recursive: true })

/** The releases that this run is about: two runs at once share no site. */
export const releases = (process.env['GIP4ALL_SITES'] ?? '').split(' ').filter((name) => name in rig.sites && name !== 'net71')
if (releases.length === 0) throw new TypeError('GIP4ALL_SITES names no release; make test-wordpress-live does.')

/** The newest of them, for what is the same in all. */
export const newest = releases.at(-1)!

/** The site of a release. */
export function site(name: string): Site {
  const found = rig.sites[name]
  if (!found) throw new TypeError(`the rig has no site "${name}"`)
  return found
}

/** Runs PHP inside a site, and gives what it printed. */
export function run(name: string, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gip4all-'))
  try {
    writeFileSync(join(folder, 'run.php'), `<?php\nrequire_once ABSPATH . 'wp-admin/includes/plugin.php';\nwp_set_current_user( 1 );\n${code}`)
    return execFileSync(fileURLToPath(new URL('../rig/rig.sh', import.meta.url)), ['php', name, join(folder, 'run.php')], { encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function deactivate(name: string): void {
  run(name, "deactivate_plugins( 'gip4all/gip4all.php' ); delete_option( 'gip4all_settings' ); delete_option( 'gip4all_state' );")
}

export function activate(name: string): void {
  run(name, "$r = activate_plugin( 'gip4all/gip4all.php' ); if ( is_wp_error( $r ) ) { throw new RuntimeException( $r->get_error_message() ); }")
}

/** Stores and tests settings, as the page does. */
export function configure(name: string, endpoint: string, more = ''): void {
  const settings = `array( 'endpoint' => '${endpoint}', 'key' => '${rig.proxy.key}', 'salt' => '${rig.proxy.salt}', 'site' => '${rig.proxy.site}', ${more} )`
  const said = run(name, `update_option( 'gip4all_settings', ${settings} ); $r = Gip4all\\Health\\Probe::run(); Gip4all\\Health\\State::keep( $r ); echo $r->passed() ? "on" : $r->message();`)
  if (said.trim() !== 'on') throw new Error(`${name}: ${said}`)
}

/** Changes how the proxy's front treats the images of a site: well, 500, garbage, slow or keys. */
export function mood(name: string, to: string): void {
  writeFileSync(join(rig.proxy.moods, new URL(site(name).url).host), to)
}

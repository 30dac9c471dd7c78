// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import * as gip from '../src/index.ts'
import { NAMES } from '../src/props.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
/** As `make bundle` leaves it. */
const head = readFileSync(join(import.meta.dirname, '../dist/head.js'), 'utf8')

afterEach(() => vi.unstubAllGlobals())

test('the head snippet of README is the one that is bundled', () => {
  expect(readme).toContain(`\`\`\`html\n<script>${head.trim()}</script>\n\`\`\``)
})

test('the head snippet can stand in a page as it is', () => {
  expect(head).not.toMatch(/<\/script|<!--/i)
  expect(Buffer.byteLength(head)).toBeLessThanOrEqual(600)
})

test("README's module runs as it stands, and asks for the config", async () => {
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!.replace(/import .*\n/g, '')
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => (asked.push(address), Response.json(schema.config)))
  vi.stubGlobal('IntersectionObserver', class { observe() {} })
  vi.stubGlobal('ResizeObserver', class { observe() {} })
  const run = new Function('gip', `const { defineGipImage, loadConfig, start } = gip; return (async () => {${code}})()`) as (given: typeof gip) => Promise<void>
  await run(gip)
  expect(asked).toEqual(['https://img.example/s/blog.TOKEN/config.json'])
  expect(customElements.get('gip-image')).toBeDefined()
})

test('every attribute of <gip-image> that README names is read', () => {
  const row = /`<gip-image ([^`]*)>` \|(.*)\|/.exec(readme)!
  const named = [...row[1]!.matchAll(/[a-z-]+/g), ...row[2]!.matchAll(/(?<=`)[a-z-]+(?=`)/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(8)
  expect(NAMES).toEqual(expect.arrayContaining(named))
})

// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import * as gip from '../src/index.ts'

// Its example runs as it stands; only the server is this test's.
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

afterEach(() => vi.unstubAllGlobals())

test('the example of README registers with either version, and asks for the config', async () => {
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!.replace(/import .*\n/g, '')
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => (asked.push(address), Response.json(schema.config)))
  const names: string[] = []
  const run = new Function('htmx', 'register', 'remote', code)
  run({ defineExtension: (name: string) => names.push(`2 ${name}`) }, gip.register, gip.remote)
  run({ registerExtension: (name: string) => names.push(`4 ${name}`), defineExtension: () => names.push('old') }, gip.register, gip.remote)
  expect(names).toEqual(['2 gip', '4 gip'])
  expect(asked).toEqual(Array(2).fill('https://img.example/s/blog.TOKEN/config.json'))
})

test('every attribute that README names is read, and no other', () => {
  const named = [...new Set([...readme.matchAll(/`hx-img([\w-]*)`/g)].map(([, end]) => end!))].sort()
  const read = readFileSync(join(import.meta.dirname, '../src/settings.ts'), 'utf8')
  const asked = [...read.matchAll(/say\('([\w-]*)'\)/g)].map(([, end]) => end!).sort()
  expect(named).toEqual(asked)
  expect(named).toHaveLength(5)
})

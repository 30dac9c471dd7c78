import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { signPath, verifyPath } from '../src/sign.ts'

// Its examples run as they stand; only the server is this test's.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!)

const answers: Record<string, () => Promise<Response>> = {
  'a server that answers': async () => Response.json(schema.config),
  'a server that is away': () => Promise.reject(new TypeError('Failed to fetch')),
}

describe.each(Object.entries(answers))('with %s', (_, fetch) => test.each(examples)('README: %s', async (code) => {
  const modules = {
    '@gip4all/core': await import('../src/index.ts'),
    '@gip4all/core/thumbhash': await import('../src/thumbhash.ts'),
  }
  const imports = /import (\{.*?\}) from '(.*?)'.*\n/g
  const body = code.replace(imports, 'const $1 = modules["$2"]\n').replace(/^attrs/m, 'return attrs')
  const run = new Function('modules', 'fetch', `return (async () => {${body}})()`) as (...given: unknown[]) => Promise<Record<string, unknown>>
  const result = await run(modules, fetch)
  expect(result).toMatchObject({ alt: 'A lake', width: 600, height: 400 })
}))

test('the signed address is one that the server takes', async () => {
  const code = /```js\n(.*?)```/s.exec(readme)![1]!.replace(/import .*\n/, '')
  const run = new Function('signPath', 'key', 'salt', `return (async () => {${code}; return address})()`) as (...given: unknown[]) => Promise<string>
  const pair = { key: '6b6579', salt: '73616c74' }
  const [, signature, path] = /^https:\/\/img\.example\/([^/]+)(\/.*)$/.exec(await run(signPath, pair.key, pair.salt))!
  expect(await verifyPath(pair, signature!, path!)).toBe(true)
})

test('there are examples', () => {
  expect(examples).toHaveLength(2)
})

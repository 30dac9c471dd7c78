import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { siteToken, signPath, urlToken, verifyPath } from '../src/sign.ts'

type Vector = { id: string; comment: string; key: string; salt: string; valid: boolean } & (
  | { kind: 'exact'; size: number; path: string; signature: string }
  | { kind: 'site'; site: string; generation: number; token: string }
  | { kind: 'url'; site: string; generation: number; source: string; token: string }
)

// A shortened file must not pass quietly. backend/sign has the same number.
const fewestVectors = 100
const place = new URL('../../../backend/vectors/sign.json', import.meta.url)
const file = JSON.parse(readFileSync(place, 'utf8')) as { count: number; vectors: Vector[] }

/** What the vector's own inputs sign to, or undefined where there is no signature at all. */
function made(v: Vector): Promise<string | undefined> {
  const refused = () => undefined
  switch (v.kind) {
    case 'exact':
      return signPath(v, v.path, v.size).catch(refused)
    case 'site':
      return siteToken(v.key, v.site, v.generation).catch(refused)
    case 'url':
      return urlToken(v.key, v.site, v.generation, v.source).catch(refused)
  }
}

describe('the vectors shared with Go', () => {
  const ran = new Set<string>()

  test.each(file.vectors)('$id: $comment', async (v) => {
    const given = v.kind === 'exact' ? v.signature : v.token
    expect((await made(v)) === given).toBe(v.valid)
    if (v.kind === 'exact') expect(await verifyPath(v, given, v.path, v.size)).toBe(v.valid)
    ran.add(v.id)
  })

  afterAll(() => {
    expect(ran.size).toBe(file.count)
    expect(ran.size).toBeGreaterThanOrEqual(fewestVectors)
  })
})

const pair = { key: '736563726574', salt: '68656c6c6f' }

describe('mistakes are a TypeError', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    ['no slash', () => signPath(pair, 'w:1'), /path "w:1" does not begin/],
    ['size below', () => signPath(pair, '/', 15), /size 15/],
    ['size above', () => signPath(pair, '/', 33), /size 33/],
    ['size not whole', () => signPath(pair, '/', 16.5), /size 16\.5/],
    ['key not hex', () => siteToken('5ecreT', 'blog', 1), /^the key is empty or not hexadecimal$/],
    ['key of odd length', () => siteToken('abc', 'blog', 1), /^the key is/],
    ['key empty', () => urlToken('', 'blog', 1, 'x'), /^the key is/],
    ['salt empty', () => signPath({ ...pair, salt: '' }, '/'), /^the salt is/],
    ['salt with a newline', () => signPath({ ...pair, salt: 'ab\n' }, '/'), /^the salt is/],
    ['generation not whole', () => siteToken(pair.key, 'blog', 1.5), /generation 1\.5/],
    ['NUL in the name', () => siteToken(pair.key, 'a\0b', 1), /site "a\\u0000b"/],
  ])('%s', async (_, call, message) => {
    const error = await call().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect((error as TypeError).message).toMatch(message)
  })
})

test('every one-character change of a signature is refused', async () => {
  const signature = await signPath(pair, '/w:1/plain/local://a.jpg')
  const changed = Array.from(signature, (c, i) => signature.slice(0, i) + (c === 'A' ? 'B' : 'A') + signature.slice(i + 1))
  const answers = await Promise.all(changed.map((each) => verifyPath(pair, each, '/w:1/plain/local://a.jpg')))
  expect(answers).toHaveLength(43)
  expect(answers).not.toContain(true)
})

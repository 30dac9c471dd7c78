import { createCipheriv } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateUrl } from '@imgproxy/imgproxy-js-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, type Gip } from '../../sw/test/browser/gip.ts'
import { signPath } from '../core/src/sign.ts'
import type { Options, Row } from './outcome.ts'
import { readPicture } from './picture.ts'
import { makeSources, type SourceName } from './sources.ts'
import { TABLE } from './table.ts'

const pair = { key: '943b421c9eb07c830af81030552c86009268de4e532ba2ee2eab8247c6da0881', salt: '520f986b998545b4785e0defbc4f3c12' }
const folder = mkdtempSync(join(tmpdir(), 'gip-imgproxy-'))
const pictures = join(folder, 'pictures')
let gip: Gip

beforeAll(async () => {
  mkdirSync(pictures)
  makeSources(pictures)
  gip = await start(folder)
})

function start(at: string, others: Readonly<Record<string, string>> = {}): Promise<Gip> {
  const more = {
    GIP_KEYS: `${pair.key}:${pair.salt}`,
    GIP_LOCAL_ROOT: pictures,
    GIP_PRESETS: 'square=rs:fill:120:120',
    GIP_WATERMARK: 'local:///plain.jpg',
    GIP_ALLOW_SECURITY_OPTIONS: 'true',
    ...others,
  }
  return serve({ folder: at, publicURL: 'http://127.0.0.1', sources: ['http://127.0.0.1/'], more })
}

afterAll(async () => {
  await gip?.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

async function ask(path: string, server = gip): Promise<Answer> {
  const response = await fetch(`${server.address.origin}/${await signPath(pair, path)}${path}`)
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

async function picture(path: string): Promise<Answer> {
  const answer = await ask(path)
  expect(answer.status, `${path}: ${answer.status === 200 ? '' : answer.body}`).toBe(200)
  expect(answer.headers.get('content-type'), path).toBe(readPicture(answer.body).type)
  return answer
}

function build(options: Options, source: SourceName): string {
  return generateUrl({ value: `local:///${source}`, type: 'plain' }, options)
}

/** The path under each of the option's names: the client must make the same of them all. */
function pathOf(row: Row): string {
  const [path, ...others] = row.names.map((name) => build({ ...row.beside, [name]: row.value }, row.source))
  for (const other of others) expect(other).toBe(path)
  expect(path).not.toBe(build(row.beside, row.source))
  return path!
}

/** What the client writes for the option: its segments that are not of the options beside it. */
function segmentOf(row: Row): string {
  const beside = build(row.beside, row.source).split('/')
  return pathOf(row)
    .split('/')
    .find((segment) => !beside.includes(segment))!
}

async function expectOutcome(row: Row): Promise<void> {
  const { outcome } = row
  const path = pathOf(row)
  const answer = outcome.is === 'refused' ? await ask(path) : await picture(path)
  switch (outcome.is) {
    case 'refused':
      expect(answer.status, `${path}: ${answer.body.subarray(0, 200)}`).toBe(outcome.status)
      expect(String(answer.body)).toMatch(outcome.says)
      break
    case 'same':
      expect(answer.body.equals((await picture(build(row.beside, row.source))).body)).toBe(true)
      break
    case 'other': {
      const rest = (await picture(build(row.beside, row.source))).body
      expect(readPicture(answer.body)).toEqual(readPicture(rest))
      expect(answer.body.equals(rest), `${path} changes nothing`).toBe(false)
      if (outcome.test) expect([outcome.test(rest), outcome.test(answer.body)]).toEqual([false, true])
      break
    }
    case 'original':
      expect(answer.body.equals(readFileSync(join(pictures, row.source)))).toBe(true)
      break
    case 'header':
      expect(answer.headers.get(outcome.name)).toMatch(outcome.matches)
      break
    case 'picture': {
      const { is, most, ...wanted } = outcome
      expect(readPicture(answer.body)).toMatchObject(wanted)
      if (most) expect(answer.body.length).toBeLessThanOrEqual(most)
    }
  }
}

/** Watches which names the client looks for. */
function namesOf(client: (options: Options) => string): readonly string[] {
  const names = new Set<string>()
  const spy = new Proxy<Options>(
    {},
    {
      get: (_, name) => void names.add(String(name)),
      has: (_, name) => names.add(String(name)) === undefined,
    },
  )
  client(spy)
  return [...names].toSorted()
}

describe("imgproxy's own client", () => {
  const known = namesOf((options) => generateUrl({ value: 'local:///photo.png', type: 'plain' }, options))

  test('has every option in the table, and no other', () => {
    expect(known.length).toBeGreaterThan(150)
    expect([...new Set(TABLE.flatMap((row) => row.names))].toSorted()).toEqual(known)
  })

  test.each(TABLE.map((row) => [segmentOf(row), row] as const))('%s', async (_, row) => {
    await expectOutcome(row)
  })
})

describe('docs/imgproxy.md', () => {
  const text = readFileSync(new URL('../../docs/imgproxy.md', import.meta.url), 'utf8')
  const [works, rest] = text.split('## Options that are refused') as [string, string]
  const refused = rest.slice(0, rest.indexOf('\n## '))

  test.each(TABLE.filter((row) => row.names[0] !== 'wild_options').map((row) => [row.names[0]!, row] as const))('%s', (_, row) => {
    const name = `\`${segmentOf(row).split(':')[0]}\``
    expect(works.includes(name), `${name} among the options that work`).toBe(row.works)
    expect(refused.includes(name), `${name} among those that are refused`).toBe(!row.works)
  })
})

describe('the forms of a source', () => {
  const local = 'local:///photo.png'

  test('plain, with an extension', async () => {
    expect(readPicture((await picture(generateUrl({ value: `${local}@webp`, type: 'plain' }, { width: 300 }))).body).type).toBe('image/webp')
  })

  test('base64, with an extension', async () => {
    const value = `${Buffer.from(local).toString('base64url')}.webp`
    expect(readPicture((await picture(generateUrl({ value, type: 'base64' }, { width: 300 }))).body).type).toBe('image/webp')
  })

  // The one thing of imgproxy's that is refused on purpose.
  test('encrypted with AES-CBC is refused, and why', async () => {
    const start = Buffer.alloc(16, 7)
    const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32, 1), start)
    const value = Buffer.concat([start, cipher.update(local), cipher.final()]).toString('base64url')
    const answer = await ask(generateUrl({ value, type: 'encrypted' }, { width: 300 }))
    expect(answer.status).toBe(400)
    expect(String(answer.body)).toMatch(/AES-CBC.*changed? unnoticed|AES-SIV.*AES-CBC/s)
  })
})

describe('GIP_ONLY_PRESETS', () => {
  let strict: Gip

  beforeAll(async () => {
    strict = await start(mkdtempSync(join(folder, 'strict-')), { GIP_ONLY_PRESETS: 'true' })
  })
  afterAll(() => strict?.stop())

  test('takes names alone', async () => {
    const answer = await ask(build({ wild_options: [['square']] }, 'photo.png'), strict)
    expect(readPicture(answer.body).size).toBe('120x120')
  })

  test('and no options', async () => {
    expect((await ask(build({ width: 300 }, 'photo.png'), strict)).status).toBe(400)
  })
})

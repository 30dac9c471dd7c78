import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createElement, type ReactElement } from 'react'
import ts from 'typescript'
import { expect, test, vi } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import * as core from '../../core/src/index.ts'
import * as client from '../src/client.ts'
import * as server from '../src/index.ts'
import { renderToStaticMarkup } from './host.ts'

// React up to 18 warns of layout effects on servers; only this test's server has a document.
vi.spyOn(console, 'error').mockImplementation(() => undefined)

// Its examples run as they stand; only the server is this test's.
const readme = readFileSync(join(process.cwd(), 'clients/react/README.md'), 'utf8')
const [page, loader, ...more] = [...readme.matchAll(/```tsx?\n(.*?)```/gs)].map(([, code]) => code!)
const modules = { '@gip4all/core': core, '@gip4all/react': server, '@gip4all/react/client': client }

async function run(code: string, fetch = async () => Response.json(schema.config)): Promise<unknown> {
  const body = code
    .replace(/^import (\{.*?\}) from '(.*?)'.*\n/gm, 'const $1 = modules["$2"]\n')
    .replace(/^export (default|const page =)/m, 'return')
  const { outputText } = ts.transpileModule(`async function run() {${body}}`, {
    compilerOptions: { jsx: ts.JsxEmit.React, jsxFactory: 'createElement', target: ts.ScriptTarget.ES2022 },
  })
  const made = new Function('modules', 'createElement', 'fetch', `${outputText}; return run()`)
  return made(modules, createElement, fetch) as Promise<unknown>
}

test('the page', async () => {
  const html = renderToStaticMarkup((await run(page!)) as ReactElement)
  expect(html.match(/<img[^>]*>/g)).toHaveLength(3)
  expect(html).toContain('/f:auto/plain/https://blog.example/media/lake.jpg')
})

test('the page without an answer: its originals', async () => {
  const html = renderToStaticMarkup((await run(page!, () => Promise.reject(new TypeError('Failed to fetch')))) as ReactElement)
  expect(html.match(/<img[^>]*>/g)).toHaveLength(3)
  expect(html).toContain('src="/media/lake.jpg"')
  expect(html).not.toContain('f:auto')
})

test('the loader', async () => {
  const load = (await run(loader!)) as ReturnType<typeof server.nextLoader>
  expect(load({ src: '/media/a.jpg', width: 600, quality: 75 })).toBe(
    'https://img.example/s/blog.TOKEN/w:640/q:high/f:auto/plain/https://blog.example/media/a.jpg',
  )
  // Each is required: without one the example does not compile.
  for (const key of Object.keys(core.parseConfig(schema.config)!)) expect(loader).toContain(`${key}: `)
})

test('there are no others', () => {
  expect(more).toEqual([])
})

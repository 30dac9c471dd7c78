// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import schema from '../../../backend/vectors/schema.json' with { type: 'json' }
import { parseConfig } from '../../core/src/index.ts'
import { CONFIG } from '../../testing/cases.ts'
import { gip, GipImage, GipPicture } from '../src/index.ts'
import { render, shownIn } from './rendering.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

// Its template is rendered as it stands.
test('the example of the README', async () => {
  const template = /<template>(.*)<\/template>/s.exec(readme)![1]!
  const html = await render({ ...CONFIG, base: 'https://blog.example/' }, { components: { GipImage, GipPicture }, template } as object)
  const images = [...new DOMParser().parseFromString(html, 'text/html').images]
  expect(images.map((img) => img.dataset['gip'])).toEqual(images.map(() => '/media/lake.jpg'))
  expect(images).toHaveLength(3)
  expect(shownIn(html).sources).toHaveLength(3)
})

const answers: Record<string, () => Promise<Response>> = {
  'a server that answers': async () => Response.json(schema.config),
  'a server that is away': () => Promise.reject(new TypeError('Failed to fetch')),
}

test.each(Object.entries(answers))('the app of README starts with %s', async (name, fetch) => {
  const code = /```ts\n(.*?)```/s.exec(readme)![1]!.replace(/import .*\n/g, '')
  const steps: unknown[] = []
  const app = { use: (...given: unknown[]) => (steps.push(given), app), mount: (where: string) => steps.push(where) }
  const run = new Function('createApp', 'App', 'gip', 'parseConfig', 'fetch', `return (async () => {${code}})()`) as (...given: unknown[]) => Promise<void>
  await run(() => app, {}, gip, parseConfig, fetch)
  const config = name === 'a server that answers' ? { ...parseConfig(schema.config)!, base: 'https://blog.example/' } : undefined
  expect(steps).toEqual([[gip, config], '#app'])
})

// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG } from '../../testing/cases.ts'
import { GipImage, GipPicture } from '../src/index.ts'
import { render, shownIn } from './rendering.ts'

// Its template is rendered as it stands.
test('the example of the README', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const template = /<template>(.*)<\/template>/s.exec(readme)![1]!
  const html = await render({ ...CONFIG, base: 'https://blog.example/' }, { components: { GipImage, GipPicture }, template } as object)
  const images = [...new DOMParser().parseFromString(html, 'text/html').images]
  expect(images.map((img) => img.dataset['gip'])).toEqual(images.map(() => '/media/lake.jpg'))
  expect(images).toHaveLength(3)
  expect(shownIn(html).sources).toHaveLength(3)
})

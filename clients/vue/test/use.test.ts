// @vitest-environment jsdom
import { createSSRApp, h, provide } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test } from 'vitest'
import { attrs, preload, url } from '@gip4all/core'
import { CONFIG } from '../../testing/cases.ts'
import { gip, GipImage, gipKey, useGip, type Gip } from '../src/index.ts'
import { shownIn } from './rendering.ts'

const lake = { src: 'https://blog.example/media/a.jpg', alt: 'A lake', width: 600, height: 400, priority: true } as const

test('useGip has the functions of core, with the app\'s config', async () => {
  let used: Gip | undefined
  const component = { setup: () => ((used = useGip()), () => h('p')) }
  await renderToString(createSSRApp(component).use(gip, () => CONFIG))
  expect(used!.config.value).toBe(CONFIG)
  expect(used!.attrs(lake)).toEqual(attrs(CONFIG, lake))
  expect(used!.preload(lake)).toEqual(preload(CONFIG, lake))
  expect(used!.url(lake.src, { placeholder: 'lqip' })).toBe(url(CONFIG, lake.src, { placeholder: 'lqip' }))
})

test('requests that a server answers at once share nothing', async () => {
  const sites = ['one.TOKEN', 'two.TOKEN', undefined]
  const pages = sites.map((site) => {
    const page = { render: () => h(GipImage, { ...lake }) }
    return renderToString(createSSRApp(page).use(gip, site ? { ...CONFIG, site } : undefined))
  })
  const addresses = (await Promise.all(pages)).map((html) => shownIn(html).img['src'])
  expect(addresses).toEqual([expect.stringContaining('/s/one.TOKEN/'), expect.stringContaining('/s/two.TOKEN/'), lake.src])
})

test('a part of the app may have a config of its own', async () => {
  const part = { setup: () => (provide(gipKey, { config: undefined, marker: false }), () => h(GipImage, { ...lake })) }
  const html = await renderToString(createSSRApp({ render: () => h(part) }).use(gip, CONFIG))
  expect(shownIn(html).img['src']).toBe(lake.src)
  expect(html).not.toContain('onerror')
})

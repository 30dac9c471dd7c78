import { parseConfig, type Config } from '@gip4all/core'
import { gip, GipImage, GipPicture } from '@gip4all/vue'
import { createApp, defineComponent, h, ref } from 'vue'

interface Photo {
  readonly src: string
  readonly alt: string
}

/** As wide as a column of the page, and cut to its shape. */
const LOOK = { width: 640, aspectRatio: 1.5, objectFit: 'cover', sizes: '(min-width: 48rem) 24rem, 100vw' } as const

/** The first photo at once, the second as a picture, the others when they come into view. */
const Gallery = defineComponent(
  ({ photos }: { readonly photos: readonly Photo[] }) => {
    const failed = ref<readonly string[]>([])
    const onFallback = ({ src }: { readonly src: string }): void => void (failed.value = [...failed.value, src])
    return () => photos.map((photo, index) => h('figure', { key: photo.src }, [
      index === 1
        ? h(GipPicture, { ...photo, ...LOOK, onFallback })
        : h(GipImage, { ...photo, ...LOOK, priority: index === 0, onFallback }),
      h('figcaption', photo.alt + (failed.value.includes(photo.src) ? ', the original' : '')),
    ]))
  },
  { props: ['photos'] },
)

/** Without a config everything is its original: so it is while the backend is away. */
async function readConfig(address: string): Promise<Config | undefined> {
  const answer = await fetch(address).catch(() => undefined)
  const config = parseConfig(await answer?.json().catch(() => undefined))
  return config && { ...config, base: location.href }
}

async function start(root: HTMLElement): Promise<void> {
  const { config = '', photos = '[]' } = root.dataset
  const app = createApp(Gallery, { photos: JSON.parse(photos) as readonly Photo[] })
  app.use(gip, await readConfig(config)).mount(root)
}

void start(document.querySelector<HTMLElement>('#root')!)

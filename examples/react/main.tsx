import { parseConfig, type Config } from '@gip4all/core'
import { GipProvider, Image, Picture } from '@gip4all/react/client'
import { StrictMode, useState, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'

interface Photo {
  readonly src: string
  readonly alt: string
}

/** As wide as a column of the page, and cut to its shape. */
const LOOK = { width: 640, aspectRatio: 1.5, objectFit: 'cover', sizes: '(min-width: 48rem) 24rem, 100vw' } as const

/** The first photo at once, the second as a picture, the others when they come into view. */
function Gallery({ photos }: { readonly photos: readonly Photo[] }): ReactElement {
  const [failed, setFailed] = useState<readonly string[]>([])
  const onFallback = ({ src }: { readonly src: string }): void => setFailed((before) => [...before, src])
  return (
    <>
      {photos.map(({ src, alt }, index) => (
        <figure key={src}>
          {index === 1
            ? <Picture src={src} alt={alt} {...LOOK} onFallback={onFallback} />
            : <Image src={src} alt={alt} {...LOOK} priority={index === 0} onFallback={onFallback} />}
          <figcaption>{alt}{failed.includes(src) && ', the original'}</figcaption>
        </figure>
      ))}
    </>
  )
}

/** Without a config everything is its original: so it is while the backend is away. */
async function readConfig(address: string): Promise<Config | undefined> {
  const answer = await fetch(address).catch(() => undefined)
  const config = parseConfig(await answer?.json().catch(() => undefined))
  return config && { ...config, base: location.href }
}

async function start(root: HTMLElement): Promise<void> {
  const { config = '', photos = '[]' } = root.dataset
  const page = (
    <StrictMode>
      <GipProvider config={await readConfig(config)}>
        <Gallery photos={JSON.parse(photos) as readonly Photo[]} />
      </GipProvider>
    </StrictMode>
  )
  createRoot(root).render(page)
}

void start(document.querySelector<HTMLElement>('#root')!)

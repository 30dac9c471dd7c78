import { parseConfig, type Config } from '@gip4all/core'
import { GipProvider, Image, Picture } from '@gip4all/react/client'
import { StrictMode, useState, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'

interface Photo {
  readonly src: string
  readonly width: number
  readonly height: number
  readonly alt: string
}

/** The first photo at once, the second as a picture, the others when they come into view. */
function Gallery({ photos: [first, second, ...others] }: { readonly photos: readonly Photo[] }): ReactElement {
  const [failed, setFailed] = useState<readonly string[]>([])
  const onFallback = ({ src }: { readonly src: string }): void => setFailed((before) => [...before, src])
  return (
    <>
      {first && <Image {...first} priority onFallback={onFallback} />}
      {second && <Picture {...second} onFallback={onFallback} />}
      {others.map((photo) => <Image key={photo.src} {...photo} onFallback={onFallback} />)}
      <ul aria-live="polite">{failed.map((src) => <li key={src}>{src} is the original</li>)}</ul>
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

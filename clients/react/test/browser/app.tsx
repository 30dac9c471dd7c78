import type { Config } from '@gip4all/core'
import { GipProvider, Image, Picture, type Fallback } from '@gip4all/react/client'
import { StrictMode, type ReactElement } from 'react'

/** What the page is told, by the server and then by the markup. */
export interface Data {
  readonly config: Config
  readonly photos: readonly [string, string, string, string]
  readonly crossOrigin?: 'anonymous'
}

/** Both ways to write an image, above and below what counts as urgent. */
export function App({ config, photos, crossOrigin, onFallback }: Data & { readonly onFallback?: (fallback: Fallback) => void }): ReactElement {
  const [lazy, first, other, directed] = photos
  const box = { width: 900, height: 600, crossOrigin, onFallback }
  const sources = [{ media: '(min-width: 1px)', src: directed, width: 900, height: 600 }]
  return (
    <StrictMode>
      <GipProvider config={config}>
        {/* Narrow, so that the browser's own choice is another than that of the attributes. */}
        <div style={{ width: 300 }}>
          <Image src={lazy} alt="lazy" {...box} />
          <Image src={first} alt="first" priority {...box} />
          <Picture src={other} alt="directed" sources={sources} {...box} />
        </div>
      </GipProvider>
    </StrictMode>
  )
}

import { isFluid } from './box.ts'
import type { Span } from './ladder.ts'
import type { Address, Look } from './url.ts'

/** What decides which files a browser may choose from. */
export interface Choice extends Span, Look {
  readonly loading?: 'lazy' | 'eager' | undefined
  readonly sizes?: string | undefined
  readonly unstyled?: boolean | undefined
}

/** What lets a browser choose by itself; nothing where the page says nothing about widths. */
export interface Candidates {
  readonly sizes?: string | undefined
  readonly srcset?: string | undefined
}

/** An address for each rung, and how wide the image is shown. */
export function candidates(address: Address, rungs: readonly number[], choice: Choice): Candidates {
  if (!rungs[0]) return {}
  const srcset = rungs.map((width) => `${address(width)} ${width}w`).join(', ')
  return { sizes: sizesOf(choice), srcset }
}

/**
 * How wide the image is shown: as the author says, else as the layout has it. What is loaded lazily
 * may be measured by the browser (`auto`); browsers then lay it out by its styles alone, so it must
 * have ours.
 */
function sizesOf(choice: Choice): string {
  const { layout, unstyled, width, loading } = choice
  const fixed = layout === 'fixed'
  const sizes = choice.sizes ?? (isFluid(choice) ? '100vw' : fixed ? `${width}px` : `(min-width: ${width}px) ${width}px, 100vw`)
  return loading === 'lazy' && !unstyled && !fixed && !/^auto\b/.test(sizes) ? `auto, ${sizes}` : sizes
}

import { url, type Config } from '@gip4all/core'

/** What next/image hands to a loader. */
export interface LoaderProps {
  readonly src: string
  readonly width: number
  /** 1 to 100. */
  readonly quality?: number | undefined
}

/** The loader of next/image, as its `loader` or from the file that `images.loaderFile` names. */
export function nextLoader(config: Config | undefined): (props: LoaderProps) => string {
  return ({ src, width, quality }) => url(config, src, { width, quality: config && quality ? levelOf(config, quality) : undefined })
}

/** The lowest level that is as good as what is asked for, else the best. */
function levelOf({ qualities }: Config, quality: number): string | undefined {
  const levels = Object.keys(qualities).sort((a, b) => qualities[a]! - qualities[b]!)
  return levels.find((level) => qualities[level]! >= quality) ?? levels.at(-1)
}

import { MARK, url, type Config } from '@gip4all/core'
import { read, sourcesOf, type Change } from './changes.ts'
import { rewriteSrcset } from './srcset.ts'

/**
 * The changes to an image that its page wrote as if there were no gip: better formats in the same
 * pixel dimensions, for nobody knows what of its layout depends on those. None where the backend
 * has nothing to do with it.
 */
export function changesTo(config: Config | undefined, image: HTMLImageElement): readonly Change[] {
  const elements = [...sourcesOf(image), image]
  const changes = elements.flatMap((element) => changeOf(config, element) ?? [])
  if (!changes.length) return []
  const src = read(image, 'src') ?? ''
  const mark = { element: image, set: { [MARK]: src }, back: { [MARK]: '' } }
  return [mark, ...changes]
}

function changeOf(config: Config | undefined, element: Element): Change | undefined {
  // A picture's sources have no src, and browsers ignore one that is there.
  const [srcset, src] = [read(element, 'srcset'), read(element, 'src')]
  const back = { ...(srcset && { srcset }), ...(src && { src }) }
  const set = { ...(srcset && { srcset: rewriteSrcset(config, srcset) }), ...(src && { src: url(config, src) }) }
  return set.srcset === srcset && set.src === src ? undefined : { element, set, back }
}

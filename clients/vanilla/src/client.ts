import { MARK, type Config } from '@gip4all/core'
import { neededWidth, showBackground } from './background.ts'
import { apply, isRewritten, putBack, read, write, type Change } from './changes.ts'
import { beginning, DEFERRED, isMeasured } from './deferred.ts'
import { move, PARKED, READY } from './parked.ts'
import { preconnect } from './preconnect.ts'
import { createRescue, type Rescue } from './rescue.ts'
import { createJudge } from './start.ts'
import { changesTo } from './unmodified.ts'
import { watch, whenNear, within } from './watch.ts'
import { createWidths, widthOf } from './widths.ts'

/** A client at work in a page. */
export interface Client {
  readonly config: Config | undefined
  readonly rescue: Rescue
}

/**
 * Puts the page's images through the backend, those that are there and those to come. Without a
 * config, or with its mode off, all that waits for the client shows its original.
 */
export function start(config: Config | undefined): Client {
  const judge = createJudge()
  const rescue = createRescue(document)
  const widths = createWidths()
  const seen = new WeakSet<Element>()
  const near = whenNear((element) => (element instanceof HTMLImageElement ? begin(element) : cover(element)))

  function change(image: HTMLImageElement, changes: readonly Change[]): void {
    if (isRewritten(changes)) rescue.guard(image, () => putBack(changes))
    apply(changes)
  }
  function begin(image: HTMLImageElement): void {
    if (!image.matches(DEFERRED)) return
    const width = isMeasured(image) && widthOf(image)
    change(image, beginning(config, image, width || 0))
    if (width) widths.follow(image, width, (width) => read(image, MARK) && write(image, { sizes: `${width}px` }))
  }
  function cover(element: HTMLElement): void {
    const src = read(element, 'data-background')
    if (src === undefined) return
    element.removeAttribute('data-background')
    let most = -1
    const show = (): void => {
      if (neededWidth(element) <= most) return
      most = neededWidth(element)
      showBackground(config, element, src)
    }
    show()
    widths.follow(element, 0, show)
  }
  /** What is to be done about an image, once all of them are measured. */
  function meet(image: HTMLImageElement, isNew: boolean): (() => void) | undefined {
    const isParked = image.matches(`[${PARKED}src],[${PARKED}srcset]`)
    if (isParked) move(image, PARKED, '')
    if (image.matches(DEFERRED)) return () => (image.loading === 'lazy' ? begin(image) : near.observe(image))
    // What has the mark was rendered by a server.
    if (image.hasAttribute(MARK) || seen.has(image)) return undefined
    seen.add(image)
    const isFree = isNew || isParked ? judge.isNew(image) : judge.isWaiting(image)
    return isFree ? () => change(image, changesTo(config, image)) : undefined
  }
  function look(root: ParentNode, isNew: boolean): void {
    const work = within(root, 'img').map((image) => meet(image as HTMLImageElement, isNew))
    for (const each of work) each?.()
    for (const element of within(root, '[data-background]')) near.observe(element)
    rescue.look()
  }

  preconnect(config)
  watch(document, (element) => look(element, true), (element) => look(element, false))
  // Out of the back/forward cache, images may have failed unheard.
  addEventListener('pageshow', rescue.look)
  look(document, false)
  dispatchEvent(new Event(READY))
  return { config, rescue }
}

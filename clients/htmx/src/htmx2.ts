import { createClient, type Client, type Source } from './client.ts'
import { addHeaders } from './headers.ts'
import { restoreText } from './history.ts'
import { imagesOf } from './images.ts'
import { isWhole } from './text.ts'

/** What htmx 2 gives to an extension. */
export interface API2 {
  getClosestAttributeValue(element: Element, name: string): string | null | undefined
  getSwapSpecification(element: Element, override: string | undefined): { readonly swapStyle: string }
}

/** Of `htmx:beforeSwap`; later listeners may still change it. */
interface BeforeSwap {
  readonly xhr: XMLHttpRequest
  readonly target: Element
  readonly swapOverride?: string
  readonly selectOverride?: string
}

/** What is swapped into a place of its own. */
interface Piece {
  readonly target: Element
  readonly fragment: ParentNode
}

/** What goes to a place of its own. */
const PIECES = '[hx-swap-oob],[data-hx-swap-oob],hx-partial'

/**
 * The extension for htmx 2. Answers are rewritten while they are text: what there is of hooks later
 * sees only some ways to swap. What came another way, by `htmx.swap`, is rewritten as soon as it is
 * inserted.
 *
 * A hook that throws is logged by htmx, and the swap goes on as without it.
 */
export function extension2(source: Source): object {
  let api: API2
  let client: Client
  const swaps = new WeakMap<XMLHttpRequest, BeforeSwap>()
  function arriveBack(html: string, place: Element): string {
    return client.arriveText(html, (images) => ({ images, places: [place] }))
  }
  const handlers: Readonly<Record<string, (detail: never) => void>> = {
    configRequest({ headers, path }: { headers: Record<string, string>; path: string }) {
      if (source()) addHeaders(headers, path)
    },
    beforeSwap(detail: BeforeSwap) {
      swaps.set(detail.xhr, detail)
    },
    // What is swapped as a whole is in a fragment of its own.
    oobBeforeSwap({ target, fragment }: Piece) {
      client.arrive({ images: imagesOf(fragment), places: [target], replaced: fragment instanceof Element ? undefined : target })
    },
    partialBeforeSwap({ target, fragment }: Piece) {
      client.arrive({ images: imagesOf(fragment), places: [target] })
    },
    afterSwap({ elt }: { elt: Element }) {
      client.settle([elt])
    },
    historyItemCreated({ item }: { item: { content: string } }) {
      item.content = restoreText(item.content)
    },
    historyCacheHit({ item, historyElt }: { item: { content: string }; historyElt: Element }) {
      item.content = arriveBack(item.content, historyElt)
    },
    historyCacheMissLoad(detail: { response: string; historyElt: Element }) {
      detail.response = arriveBack(detail.response, detail.historyElt)
    },
  }
  return {
    init(given: API2) {
      api = given
      client = createClient(source, api.getClosestAttributeValue)
    },
    onEvent: (name: string, { detail }: CustomEvent<never>) => handlers[name.slice(5)]?.(detail),
    transformResponse(text: string, xhr: XMLHttpRequest | null, elt: Element): string {
      const swap = xhr && swaps.get(xhr)
      if (!swap) return arriveBack(text, elt)
      const { target } = swap
      const { swapStyle } = api.getSwapSpecification(elt, swap.swapOverride)
      if (swapStyle === 'textContent') return text
      const select = xhr.getResponseHeader('HX-Reselect') || swap.selectOverride || api.getClosestAttributeValue(elt, 'hx-select')
      return client.arriveText(text, (images, fragment) => {
        const chosen = select ? [...fragment.querySelectorAll(select)].flatMap(imagesOf) : images
        const replacing = chosen.filter(isOfMain)
        // htmx takes whole documents apart in the page's own, where all of their images load.
        return { images: isWhole(text) ? images : images.filter(isOfMain), places: [target, elt], replaced: /outer/.test(swapStyle) ? target : undefined, replacing }
      })
    },
  }
}

/** Whether the answer's main swap takes an image. */
function isOfMain(image: Element): boolean {
  return !image.closest(PIECES)
}

import { MARK } from '@gip4all/core'
import { createClient, type Client, type Source } from './client.ts'
import { addHeaders } from './headers.ts'
import { restoreText } from './history.ts'
import { isDone, isRewritten, originalOf, restore } from './image.ts'
import { imagesOf } from './images.ts'
import { isWhole } from './text.ts'

/** What htmx 4 gives to an extension. */
export interface API4 {
  attributeValue(element: Element, name: string): string | null | undefined
}

/** One request, or one swap without any. */
interface Context {
  readonly sourceElement?: Element | undefined
  readonly target?: unknown
  readonly request?: { readonly action: string; readonly headers: Record<string, string> }
  text?: string
}

/** One place of a swap, and what goes there. */
interface Task {
  readonly fragment: DocumentFragment
  readonly target: unknown
  readonly swapSpec?: { readonly style?: string } | string
}

/**
 * The extension for htmx 4. Fragments are rewritten as elements, after htmx has taken an answer
 * apart; whole documents already before, for htmx takes them apart in the page's own document,
 * where also the images load that are in none of the parts.
 */
export function extension4(source: Source): object {
  let client: Client
  const hooks = {
    init(api: API4) {
      client = createClient(source, api.attributeValue)
    },
    htmx_config_request(_: unknown, { ctx: { request } }: { ctx: Context }) {
      if (request && source()) addHeaders(request.headers, request.action)
    },
    htmx_after_request(_: unknown, { ctx }: { ctx: Context }) {
      const { text, target, sourceElement } = ctx
      if (text && isWhole(text)) ctx.text = client.arriveText(text, (images) => ({ images, places: elements(target, sourceElement) }))
    },
    htmx_before_swap(_: unknown, { ctx, tasks }: { ctx: Context; tasks: readonly Task[] }) {
      for (const { fragment, target, swapSpec } of tasks) {
        const images = imagesOf(fragment)
        const replaces = /outer/.test((swapSpec as { style?: string })?.style ?? String(swapSpec))
        client.arrive({ images, places: elements(target, ctx.sourceElement), replaced: replaces ? elements(target)[0] : undefined })
      }
    },
    htmx_before_settle(_: unknown, { newContent }: { newContent: readonly Node[] }) {
      client.settle(newContent)
    },
    htmx_before_morph_node(old: Element, { newNode }: { newNode: Element }) {
      // Comments are morphed too.
      if (newNode.localName && isRewritten(newNode) && !isRewritten(old) && originalOf(old) === originalOf(newNode)) {
        // The same image is there as its original: from before htmx, or for its last failure.
        restore(newNode)
        if (isDone(old)) newNode.setAttribute(MARK, '')
      }
    },
    // The optional extension that keeps snapshots keeps the page as it is.
    htmx_history_cache_hit(_: unknown, { item }: { item: { content: string } }) {
      item.content = restoreText(item.content)
    },
  }
  return Object.fromEntries(Object.entries(hooks).map(([name, hook]) => [name, guard(hook as Hook)]))
}

type Hook = (...given: readonly unknown[]) => void

/** A hook that throws would take the whole request with it; like this it goes on as without the hook. */
function guard(hook: Hook): Hook {
  return (...given) => {
    try {
      hook(...given)
    } catch (error) {
      console.error('gip:', error)
    }
  }
}

/** Those of the places that are elements; htmx also has selectors there. */
function elements(...places: readonly unknown[]): readonly Element[] {
  return places.map((place) => (typeof place === 'string' ? document.querySelector(place) : place)).filter((place) => place instanceof Element)
}

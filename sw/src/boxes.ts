/**
 * How a page shows one image that has a box of its own: in how many CSS pixels of width it needs
 * it, and what its width in its own pixels must be a multiple of. 1: anything will do, for width
 * and height are both given; more: only then a smaller one has exactly the same aspect ratio,
 * which its box is made from.
 */
export type Box = readonly [width: number, step: number]

/** What a page said about its images. One without a box keeps its pixel dimensions. */
export interface Boxes {
  readonly dpr: number
  readonly boxes: Readonly<Record<string, Box>>
}

/** More pixels than two for each of CSS are not seen, and cost more than double. */
const MOST_DENSITY = 2

/** Reads what a page said; what is not understood has no box. */
export function parseBoxes(dpr: unknown, given: unknown): Boxes {
  const boxes = Object.entries(Object(given)).filter((entry): entry is [string, Box] => isBox(entry[1]))
  return { dpr: Number(dpr) || 1, boxes: Object.fromEntries(boxes) }
}

function isBox(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((number) => number > 0)
}

/**
 * What the page says now, after what it said last. Where a smaller image was given because the
 * ratio did not matter and now it does, the ratio that the page has seen is not quite the original's:
 * it must see that first.
 */
export function follow(last: Boxes | undefined, next: Boxes): Boxes {
  const boxes = Object.entries(next.boxes).filter(([url, [, step]]) => step === 1 || last?.boxes[url]?.[1] !== 1)
  return { ...next, boxes: Object.fromEntries(boxes) }
}

/** What a browser says by itself (Sec-CH-Width), in the screen's pixels; 0 when it says nothing. */
export function hintOf(headers: Headers): number {
  return Number(headers.get('sec-ch-width')) || 0
}

/** The rung that fits the box; undefined where the image must keep its pixel dimensions. */
export function rungFor(page: Boxes | undefined, url: string, hint: number, reduce: boolean, ladder: readonly number[]): number | undefined {
  const box = page?.boxes[url]
  if (!page || !box) return undefined
  const [width, step] = box
  // With fewer pixels than the box has, layouts that shrink items no further than their images would.
  const least = Math.ceil(width * (reduce ? 1 : Math.min(Math.max(page.dpr, 1), MOST_DENSITY)))
  const wanted = reduce ? least : Math.max(least, hint)
  return ladder.find((rung) => rung >= wanted && rung % step === 0)
}

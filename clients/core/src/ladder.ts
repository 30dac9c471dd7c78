import { isFluid, type Place } from './box.ts'

/** More pixels than two for each of CSS are not seen, and cost more than double. */
const MOST_DENSITY = 2
/** No page shows a larger image in fewer pixels than this, on any phone. */
const LEAST_WIDTH = 256

/** What decides which rungs an image may need. Its width is known, if it ever will be. */
export interface Span extends Place {
  readonly breakpoints?: readonly number[] | undefined
}

/** The first rung that is wide enough, else the widest; undefined for a ladder without rungs. */
export function rung(ladder: readonly number[], width: number): number | undefined {
  return ladder.find((each) => each >= width) ?? ladder[ladder.length - 1]
}

/** The rungs that an image may be needed in, in order; none where nothing says how wide it is. */
export function rungsOf(ladder: readonly number[], span: Span): readonly number[] {
  const { breakpoints, layout } = span
  const width = isFluid(span) ? Infinity : (span.width ?? 0)
  const wanted = breakpoints ?? (layout === 'fixed' && [width, width * MOST_DENSITY])
  if (!width || !wanted) return upTo(ladder, width * MOST_DENSITY, width)
  return ladder.filter((each) => wanted.some((one) => rung(ladder, one) === each))
}

/** The rungs for whoever wants no more than `most` pixels of an image that is `width` wide at most. */
export function upTo(ladder: readonly number[], most: number, width = most): readonly number[] {
  const last = (most && rung(ladder, most)) || 0
  return ladder.filter((each) => each >= Math.min(LEAST_WIDTH, width, last) && each <= last)
}

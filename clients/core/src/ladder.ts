import { isFluid, type Place } from './box.ts'

/** More pixels than two for each of CSS are not seen, and cost more than double. */
const MOST_DENSITY = 2
/** No page shows a larger image in fewer pixels than this, on any phone. */
const LEAST_WIDTH = 256

/** What decides which rungs an image may need; its width is that of its attributes. */
export interface Span extends Place {
  readonly breakpoints?: readonly number[] | undefined
}

/** The first rung that is wide enough, else the widest; undefined for a ladder without rungs. */
export function rung(ladder: readonly number[], width: number): number | undefined {
  return ladder.find((each) => each >= width) ?? ladder[ladder.length - 1]
}

/** The rungs that an image may be needed in, in order; none where nothing says how wide it is. */
export function rungsOf(ladder: readonly number[], span: Span, density = MOST_DENSITY): readonly number[] {
  const width = isFluid(span) ? Infinity : span.width
  if (!width) return []
  const wanted = span.breakpoints ?? (span.layout === 'fixed' && [width, width * density])
  const most = rung(ladder, width * density)!
  return ladder.filter((each) =>
    wanted ? wanted.some((one) => rung(ladder, one) === each) : each >= Math.min(LEAST_WIDTH, width, most) && each <= most,
  )
}

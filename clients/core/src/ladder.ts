import { isFluid, type Place } from './box.ts'

/** What decides which rungs an image may need; its width is that of its attributes. */
export interface Span extends Place {
  readonly breakpoints?: readonly number[] | undefined
}

/** The first rung that is wide enough, else the widest; undefined for a ladder without rungs. */
export function rung(ladder: readonly number[], width: number): number | undefined {
  return ladder.find((each) => each >= width) ?? ladder[ladder.length - 1]
}

/**
 * The rungs that an image may be needed in, in order; none where nothing says how wide it is. More
 * pixels than two for each of CSS are not seen, and cost more than double.
 */
export function rungsOf(ladder: readonly number[], span: Span, density = 2): readonly number[] {
  // No page shows a larger image in fewer pixels than this, on any phone.
  const least = 256
  const width = isFluid(span) ? Infinity : span.width
  if (!width) return []
  const wanted = span.breakpoints ?? (span.layout === 'fixed' && [width, width * density])
  const most = rung(ladder, width * density)!
  return ladder.filter((each) =>
    wanted ? wanted.some((one) => rung(ladder, one) === each) : each >= Math.min(least, width, most) && each <= most,
  )
}

import { expectTypeOf, test } from 'vitest'
import type { Contradictory, Incomplete, Meaningful, Taken } from '../../testing/combinations.ts'
import type { GipImage } from '../src/index.ts'

// tsc is the test here (npm run check).
test('the element takes what means something, and the rest from its attributes', () => {
  expectTypeOf<Taken<GipImage['props'], Meaningful>>().toEqualTypeOf<keyof Meaningful>()
  expectTypeOf<Taken<GipImage['props'], Incomplete>>().toEqualTypeOf<keyof Incomplete>()
  expectTypeOf<Taken<GipImage['props'], Contradictory>>().toBeNever()
})

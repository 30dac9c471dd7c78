import { expect, test } from 'vitest'
import { follow, parseBoxes, rungFor, type Box, type Boxes } from '../../src/boxes.ts'

const LADDER = [64, 320, 640, 768, 1200]
const URL_ = 'https://a.example/x.jpg'

const rungs: [name: string, dpr: number, box: Box | undefined, hint: number, reduce: boolean, want: number | undefined][] = [
  ['nothing is known', 1, undefined, 0, false, undefined],
  ['a hint alone is no permission', 1, undefined, 300, false, undefined],
  ['the next rung', 1, [300, 1], 0, false, 320],
  ['exactly a rung', 1, [320, 1], 0, false, 320],
  ['the screen has two pixels for one', 2, [300, 1], 0, false, 640],
  ['never more than two', 3, [300, 1], 0, false, 640],
  ['a page that is zoomed out still gets what its boxes have', 0.5, [300, 1], 0, false, 320],
  ['half a pixel counts', 1.5, [214, 1], 0, false, 640],
  ['wider than the ladder', 2, [700, 1], 0, false, undefined],
  ['the browser says that it is larger now', 1, [300, 1], 400, false, 640],
  ['the browser says less than the box has', 1, [300, 1], 100, false, 320],
  ['only rungs that keep the ratio', 1, [600, 3], 0, false, 768],
  ['no rung keeps the ratio', 1, [300, 301], 0, false, undefined],
  ['less data: one pixel for one', 2, [300, 1], 600, true, 320],
]

test.each(rungs)('%s', (_, dpr, box, hint, reduce, want) => {
  const page: Boxes = { dpr, boxes: box ? { [URL_]: box } : {} }
  expect(rungFor(page, URL_, hint, reduce, LADDER)).toBe(want)
})

test.each([null, 7, 'x', [], [1], [1, 2, 3], [0, 1], [-1, 1], ['a', 1], [300, 0]])('%j is no box', (box) => {
  expect(parseBoxes(2, { [URL_]: box })).toEqual({ dpr: 2, boxes: {} })
})

test.each([undefined, null, 'x', 0])('a page that says %j has no boxes', (said) => {
  expect(parseBoxes(said, said)).toEqual({ dpr: 1, boxes: {} })
})

test('a ratio that was seen on a smaller image is not believed', () => {
  const page = (box: Box) => ({ dpr: 1, boxes: { [URL_]: box } })
  expect(follow(undefined, page([300, 3]))).toEqual(page([300, 3]))
  expect(follow(page([300, 1]), page([400, 1]))).toEqual(page([400, 1]))
  expect(follow(page([300, 1]), page([300, 640]))).toEqual({ dpr: 1, boxes: {} })
})

import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import file from '../../../backend/vectors/placeholder.json' with { type: 'json' }
import { blurhashPixels, blurhashURI } from '../src/blurhash.ts'
import { cover } from '../src/index.ts'
import { pngURI } from '../src/png.ts'
import { thumbhashPixels, thumbhashURI } from '../src/thumbhash.ts'

test('there are as many vectors as the file says', () => {
  expect(file.vectors).toHaveLength(file.count)
  expect(file.count).toBeGreaterThanOrEqual(7)
})

test.each(file.vectors)('$kind $hash', ({ kind, hash, width, height, pixels }) => {
  const picture = kind === 'blurhash' ? { width, height, rgba: blurhashPixels(hash, width, height) } : thumbhashPixels(hash)
  expect([picture.width, picture.height]).toEqual([width, height])
  for (const [x = 0, y = 0, ...want] of pixels) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = picture.rgba.subarray((y * width + x) * 4)
    const got = [...[red, green, blue].map((part) => (part * alpha) / 255), alpha]
    const off = want.map((part, i) => Math.abs(part - got[i]!))
    expect(Math.max(...off), `pixel ${x},${y}: ${got} for ${want}`).toBeLessThanOrEqual(1)
  }
})

test.each(['', 'L', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'LEHV6nWB2yk8pyo0adR*.7kCMdnjj', 'LEHV6nWB2yk8pyo0adR*.7kCMdn"'])('not a BlurHash: %j', (hash) => {
  expect(() => blurhashURI(hash)).toThrow(TypeError)
})

test.each(['', '1Q==', '1QcSHQRnh493V4dIh4eXh1h4', '*'])('not a ThumbHash: %j', (hash) => {
  expect(() => thumbhashURI(hash)).toThrow(TypeError)
})

test('a PNG that others read', () => {
  const rgba = Uint8Array.from({ length: 3 * 2 * 4 }, (_, i) => i * 10)
  const png = Buffer.from(pngURI(3, 2, rgba).replace('data:image/png;base64,', ''), 'base64')
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  const ends: string[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    ends.push(png.readUInt32BE(at + 8 + length).toString(16))
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4))
    at += length + 12
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  expect([...chunks.get('IHDR')!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0])
  // IEND is empty, so its checksum stands in every PNG.
  expect(ends[2]).toBe('ae426082')
  // inflateSync checks the sum at its end.
  expect([...inflateSync(chunks.get('IDAT')!)]).toEqual([0, ...rgba.subarray(0, 12), 0, ...rgba.subarray(12)])
})

test('a picture as CSS needs it', () => {
  const uri = thumbhashURI('1QcSHQRnh493V4dIh4eXh1h4kJUI')
  expect(cover(uri)).toBe(`center / cover no-repeat url("${uri}")`)
  expect(cover('/a".jpg')).toBe('center / cover no-repeat url("/a%22.jpg")')
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { convert } from '../../sw/test/browser/gip.ts'
import { makePhoto } from '../../sw/test/browser/photos.ts'

/** The test's own pictures, as `local:///NAME` has them: */
export type SourceName =
  | 'photo.png' // 900 × 600
  | 'turned.jpg' // the same, to be shown turned (600 × 900), with a copyright
  | 'moving.gif' // 1 × 1, two frames

export function makeSources(folder: string): void {
  writeFileSync(join(folder, 'photo.png'), makePhoto(900, 600, 1))
  convert(join(folder, 'photo.png'), join(folder, 'plain.jpg'))
  writeFileSync(join(folder, 'turned.jpg'), withExif(readFileSync(join(folder, 'plain.jpg'))))
  writeFileSync(join(folder, 'moving.gif'), Buffer.from(MOVING, 'hex'))
}

export const COPYRIGHT = 'made by a test'

/** Puts EXIF behind the first two bytes: Orientation 6, and Copyright. */
function withExif(jpeg: Buffer): Buffer {
  const text = Buffer.from(`${COPYRIGHT}\0`, 'latin1')
  const tiff = Buffer.alloc(38)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8) // two entries: tag, type, count, value
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(6, 18)
  tiff.writeUInt16BE(0x8298, 22)
  tiff.writeUInt16BE(2, 24)
  tiff.writeUInt32BE(text.length, 26)
  tiff.writeUInt32BE(tiff.length, 30)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

const FRAME = (pixel: string) => `21f9040014000000${'2c0000000001000100000202'}${pixel}0100`
const MOVING = `474946383961010001008000000000ffffffff21ff0b4e45545343415045322e300301000000${FRAME('44')}${FRAME('4c')}3b`

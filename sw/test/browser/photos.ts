import { crc32, deflateSync } from 'node:zlib'

/** Makes a PNG that compresses like a photograph: soft light, shapes and a little noise. */
export function makePhoto(width: number, height: number, seed: number): Buffer {
  const stride = width * 3 + 1 // each row starts with its filter type, 0
  const pixels = Buffer.alloc(stride * height)
  let noise = seed
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      noise = (noise * 1103515245 + 12345) & 0x7fffffff
      const light = 128 + 90 * Math.sin((x + seed * 97) / 120) * Math.cos(y / (60 + seed * 7)) + (noise % 16)
      pixels[y * stride + 1 + x * 3] = light
      pixels[y * stride + 2 + x * 3] = light * 0.8 + (y * 40) / height
      pixels[y * stride + 3 + x * 3] = 220 - light * 0.6
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8) // eight bits, RGB
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body) >>> 0, 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

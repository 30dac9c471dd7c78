/** What the head of an image file says of it: what a visitor's browser would find. */
export interface Picture {
  readonly type: string
  /** Pixels; absent where reading them needs more than the head (AVIF, JPEG XL, TIFF). */
  readonly size?: string
  readonly frames: number
}

type Reader = (body: Buffer) => Picture | undefined

export function readPicture(body: Buffer): Picture {
  for (const reader of READERS) {
    const picture = reader(body)
    if (picture) return picture
  }
  throw new TypeError(`not an image: ${body.subarray(0, 80)}`)
}

const READERS: readonly Reader[] = [png, jpeg, gif, webp, byMagic]

function png(body: Buffer): Picture | undefined {
  if (body.readUInt32BE(0) !== 0x89504e47) return undefined
  return { type: 'image/png', size: `${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, frames: 1 }
}

/** The frame header is the first segment C0 to CF that is not a table (C4), nor JPG (C8) or DAC (CC). */
function jpeg(body: Buffer): Picture | undefined {
  if (body.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < body.length; at += 2 + body.readUInt16BE(at + 2)) {
    const marker = body[at + 1]!
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { type: 'image/jpeg', size: `${body.readUInt16BE(at + 7)}x${body.readUInt16BE(at + 5)}`, frames: 1 }
    }
  }
  throw new TypeError('a JPEG without a frame')
}

/** Every frame that has a delay has a graphic control extension (21 F9 04). */
function gif(body: Buffer): Picture | undefined {
  if (body.toString('latin1', 0, 4) !== 'GIF8') return undefined
  const frames = body.toString('latin1').split('\x21\xf9\x04').length - 1
  return { type: 'image/gif', size: `${body.readUInt16LE(6)}x${body.readUInt16LE(8)}`, frames: Math.max(frames, 1) }
}

function webp(body: Buffer): Picture | undefined {
  if (body.toString('latin1', 8, 12) !== 'WEBP') return undefined
  switch (body.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { type: 'image/webp', size: `${body.readUInt16LE(26) & 0x3fff}x${body.readUInt16LE(28) & 0x3fff}`, frames: 1 }
    case 'VP8L': {
      const bits = body.readUInt32LE(21)
      return { type: 'image/webp', size: `${(bits & 0x3fff) + 1}x${((bits >> 14) & 0x3fff) + 1}`, frames: 1 }
    }
    default: {
      const frames = body.toString('latin1').split('ANMF').length - 1
      return { type: 'image/webp', size: `${body.readUIntLE(24, 3) + 1}x${body.readUIntLE(27, 3) + 1}`, frames: Math.max(frames, 1) }
    }
  }
}

function byMagic(body: Buffer): Picture | undefined {
  const head = body.toString('latin1', 0, 12)
  if (head.slice(4) === 'ftypavif') return { type: 'image/avif', frames: 1 }
  if (head.startsWith('\xff\x0a') || head.slice(4, 8) === 'JXL ') return { type: 'image/jxl', frames: 1 }
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return { type: 'image/tiff', frames: 1 }
  return undefined
}

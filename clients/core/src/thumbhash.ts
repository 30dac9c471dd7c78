/**
 * `@gip4all/core/thumbhash`: what a ThumbHash shows, for `cover`. It knows its ratio and what is
 * transparent. Opt-in: only pages that have such hashes load this.
 */
import { pngURI } from './png.ts'

/** A picture: red, green, blue and alpha of each pixel. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

/** The address of the picture. `hash` is base64; what is none is a TypeError. */
export function thumbhashURI(hash: string): string {
  const { width, height, rgba } = thumbhashPixels(hash)
  return pngURI(width, height, rgba)
}

/** The picture's pixels, 32 on its longer side. */
export function thumbhashPixels(hash: string): Pixels {
  const { channels, ratio } = parse(bytesOf(hash))
  const width = Math.round(ratio > 1 ? 32 : 32 * ratio)
  const height = Math.round(ratio > 1 ? 32 / ratio : 32)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [l, p, q, alpha] = channels.map((channel) => valueAt(channel, (x + 0.5) / width, (y + 0.5) / height)) as [number, number, number, number]
      const blue = l - (2 / 3) * p
      const red = (3 * l - blue + q) / 2
      const colour = [red, red - q, blue, alpha].map((part) => 255 * Math.max(0, Math.min(1, part)))
      rgba.set(colour, (y * width + x) * 4)
    }
  }
  return { width, height, rgba }
}

/** A mean and the waves around it; of lightness, yellow against blue, red against green, and alpha. */
interface Channel {
  readonly mean: number
  readonly waves: readonly { readonly across: number; readonly down: number; readonly strength: number }[]
}

function parse(bytes: Uint8Array): { channels: readonly Channel[]; ratio: number } {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes
  const head = a | (b << 8) | (c << 16)
  const tail = d | (e << 8)
  const long = head >> 23 ? 5 : 7
  const [across, down] = tail >> 15 ? [long, tail & 7] : [tail & 7, long]
  let at = head >> 23 ? 12 : 10 // in half bytes
  const next = () => {
    const half = (bytes[at >> 1]! >> ((at & 1) * 4)) & 15
    if (at++ >> 1 >= bytes.length) throw new TypeError('not a ThumbHash: it is too short')
    return half / 7.5 - 1
  }
  const channels = [
    channel((head & 63) / 63, ((head >> 18) & 31) / 31, Math.max(3, across), Math.max(3, down), next),
    channel(((head >> 6) & 63) / 31.5 - 1, (((tail >> 3) & 63) / 63) * 1.25, 3, 3, next),
    channel(((head >> 12) & 63) / 31.5 - 1, (((tail >> 9) & 63) / 63) * 1.25, 3, 3, next),
    head >> 23 ? channel((f & 15) / 15, (f >> 4) / 15, 5, 5, next) : { mean: 1, waves: [] },
  ]
  return { channels, ratio: across / down }
}

/** Waves are stored from the slowest on, those that swing fast in both directions not at all. */
function channel(mean: number, scale: number, columns: number, rows: number, next: () => number): Channel {
  const waves = []
  for (let down = 0; down < rows; down++) {
    for (let across = down ? 0 : 1; across * rows < columns * (rows - down); across++) waves.push({ across, down, strength: next() * scale })
  }
  return { mean, waves }
}

function valueAt({ mean, waves }: Channel, x: number, y: number): number {
  return waves.reduce((sum, { across, down, strength }) => sum + 2 * strength * Math.cos(Math.PI * x * across) * Math.cos(Math.PI * y * down), mean)
}

function bytesOf(hash: string): Uint8Array {
  try {
    return Uint8Array.from(atob(hash), (c) => c.charCodeAt(0))
  } catch {
    throw new TypeError(`"${hash}" is not base64`)
  }
}

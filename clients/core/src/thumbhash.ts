/**
 * `@gip4all/core/thumbhash`: what a ThumbHash shows, for `cover`. It knows its ratio and what is
 * transparent. Opt-in: only pages that have such hashes load this.
 */
import { pngURI } from './png.ts'

/** A picture: red, green, blue and alpha of each pixel. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8ClampedArray
}

/** The address of the picture. `hash` is base64; what is none is a TypeError. */
export function thumbhashURI(hash: string): string {
  const { width, height, rgba } = thumbhashPixels(hash)
  return pngURI(width, height, rgba)
}

/** The picture's pixels, 32 on its longer side. */
export function thumbhashPixels(hash: string): Pixels {
  const { channels, ratio } = parse(bytesOf(hash))
  const width = Math.round(32 * Math.min(1, ratio))
  const height = Math.round(32 / Math.max(1, ratio))
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [l, p, q, alpha] = channels.map((channel) => channel((x + 0.5) / width, (y + 0.5) / height)) as [number, number, number, number]
      const blue = l - (2 / 3) * p
      const red = (3 * l - blue + q) / 2
      rgba.set([red, red - q, blue, alpha].map((part) => Math.floor(part * 255)), (y * width + x) * 4)
    }
  }
  return { width, height, rgba }
}

/** Lightness, yellow against blue, red against green, or alpha, at a place in the picture. */
type Channel = (x: number, y: number) => number

/** The hash is a row of numbers of a few bits each, from the lowest bit of its first byte on. */
function parse(bytes: Uint8Array): { channels: readonly Channel[]; ratio: number } {
  let at = 0
  const take = (bits: number): number => {
    let value = 0
    for (let bit = 0; bit < bits; bit++) value |= ((bytes[at >> 3]! >> (at++ & 7)) & 1) << bit
    if (at > bytes.length * 8) throw new TypeError('not a ThumbHash')
    return value
  }
  const [l, p, q] = [take(6) / 63, take(6) / 31.5 - 1, take(6) / 31.5 - 1]
  const scale = take(5) / 31
  const alpha = take(1) // whether there is any
  const short = take(3)
  const long = alpha ? 5 : 7
  const [scaleP, scaleQ] = [take(6) / 50.4, take(6) / 50.4]
  const [across, down] = take(1) ? [long, short] : [short, long]
  const [a, scaleA] = alpha ? [take(4) / 15, take(4) / 15] : [1, 0]
  const channels = [
    channel(l, scale, Math.max(3, across), Math.max(3, down), take),
    channel(p, scaleP, 3, 3, take),
    channel(q, scaleQ, 3, 3, take),
    channel(a, scaleA, alpha * 5, 5, take),
  ]
  return { channels, ratio: across / down }
}

/** A mean and the waves around it, stored from the slowest on; those that swing fast in both directions are not. */
function channel(mean: number, scale: number, columns: number, rows: number, take: (bits: number) => number): Channel {
  const waves: ((x: number, y: number) => number)[] = []
  for (let down = 0; down < rows; down++) {
    for (let across = down ? 0 : 1; across * rows < columns * (rows - down); across++) {
      const strength = (take(4) / 7.5 - 1) * scale * 2
      waves.push((x, y) => strength * Math.cos(Math.PI * x * across) * Math.cos(Math.PI * y * down))
    }
  }
  return (x, y) => waves.reduce((sum, wave) => sum + wave(x, y), mean)
}

function bytesOf(hash: string): Uint8Array {
  try {
    return Uint8Array.from(atob(hash), (c) => c.charCodeAt(0))
  } catch {
    throw new TypeError(`not a ThumbHash: "${hash}"`)
  }
}

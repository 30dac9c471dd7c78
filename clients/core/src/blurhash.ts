/**
 * `@gip4all/core/blurhash`: what a BlurHash shows, for `cover`. Opt-in: only pages that have such
 * hashes load this.
 */
import { pngURI } from './png.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~'

/** The address of the picture. A hash that is none is a TypeError. */
export function blurhashURI(hash: string, width = 32, height = 32): string {
  return pngURI(width, height, blurhashPixels(hash, width, height))
}

/** The picture's pixels: red, green, blue and alpha of each. */
export function blurhashPixels(hash: string, width: number, height: number): Uint8Array {
  const waves = parse(hash)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = [0, 0, 0]
      for (const { across, down, strength } of waves) {
        const at = Math.cos((Math.PI * x * across) / width) * Math.cos((Math.PI * y * down) / height)
        strength.forEach((each, i) => (colour[i]! += each * at))
      }
      rgba.set([...colour.map(toSRGB), 255], (y * width + x) * 4)
    }
  }
  return rgba
}

/** How often a wave swings over the picture, and how strong it is in each colour. */
interface Wave {
  readonly across: number
  readonly down: number
  readonly strength: readonly number[]
}

function parse(hash: string): readonly Wave[] {
  const columns = (number(hash[0]) % 9) + 1
  const rows = Math.floor(number(hash[0]) / 9) + 1
  if (hash.length !== 4 + 2 * columns * rows) throw new TypeError(`"${hash}" is not a BlurHash: its length is wrong`)
  const most = (number(hash[1]) + 1) / 166
  return Array.from({ length: columns * rows }, (_, i) => {
    const strength = i ? swing(number(hash.slice(4 + 2 * i, 6 + 2 * i)), most) : mean(number(hash.slice(2, 6)))
    return { across: i % columns, down: Math.floor(i / columns), strength }
  })
}

function mean(value: number): readonly number[] {
  return [value >> 16, (value >> 8) & 255, value & 255].map(toLinear)
}

function swing(value: number, most: number): readonly number[] {
  const parts = [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19]
  return parts.map((part) => (part - 9) / 9).map((part) => Math.sign(part) * part * part * most)
}

function number(text = ''): number {
  return Array.from(text || ' ').reduce((sum, digit) => {
    const value = DIGITS.indexOf(digit)
    if (value < 0) throw new TypeError(`"${digit}" is not a digit of a BlurHash`)
    return sum * 83 + value
  }, 0)
}

function toLinear(value: number): number {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function toSRGB(value: number): number {
  const part = Math.max(0, Math.min(1, value))
  return Math.round((part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055) * 255)
}

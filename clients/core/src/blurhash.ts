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
export function blurhashPixels(hash: string, width: number, height: number): Uint8ClampedArray {
  const waves = parse(hash)
  const rgba = new Uint8ClampedArray(width * height * 4)
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
  const digits = Array.from(hash, (digit) => DIGITS.indexOf(digit))
  const [size = 0, peak = 0] = digits
  const columns = (size % 9) + 1
  const count = columns * Math.floor(size / 9 + 1)
  if (digits.length !== 4 + 2 * count || digits.includes(-1)) throw new TypeError(`not a BlurHash: "${hash}"`)
  const pair = (at: number): number => digits[at]! * 83 + digits[at + 1]!
  return Array.from({ length: count }, (_, i) => {
    const strength = i ? swing(pair(4 + 2 * i), (peak + 1) / 166) : mean(pair(2) * 83 * 83 + pair(4))
    return { across: i % columns, down: Math.floor(i / columns), strength }
  })
}

function mean(value: number): readonly number[] {
  return [value >> 16, (value >> 8) & 255, value & 255].map((part) => toLinear(part / 255))
}

function swing(value: number, most: number): readonly number[] {
  const parts = [value / 361, (value / 19) % 19, value % 19].map((digit) => Math.floor(digit) / 9 - 1)
  return parts.map((part) => part * Math.abs(part) * most)
}

/** The digits from one place in the hash to another as a number. */
function toLinear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** What is out of range or no whole number is left to the array. */
function toSRGB(part: number): number {
  return (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055) * 255
}

/** A picture of a few pixels as the address of a PNG, made without a canvas: it works on servers too. */
export function pngURI(width: number, height: number, rgba: Uint8Array): string {
  const row = width * 4 + 1
  const lines = new Uint8Array(row * height) // each begins with its filter, 0: none
  for (let y = 0; y < height; y++) lines.set(rgba.subarray(y * (row - 1), (y + 1) * (row - 1)), y * row + 1)
  const header = [...word(width), ...word(height), 8, 6, 0, 0, 0] // eight bits, colours and alpha
  const bytes = [137, 80, 78, 71, 13, 10, 26, 10, ...chunk('IHDR', header), ...chunk('IDAT', stored(lines)), ...chunk('IEND', [])]
  return `data:image/png;base64,${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))}`
}

/** RFC 1950 and 1951: one block that is not compressed, which holds up to 65535 bytes. */
function stored(data: Uint8Array): readonly number[] {
  const { length } = data
  let a = 1
  let b = 0
  for (const byte of data) b = (b + (a = (a + byte) % 65521)) % 65521
  return [0x78, 1, 1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255, ...data, b >> 8, b & 255, a >> 8, a & 255]
}

function chunk(name: string, data: readonly number[]): readonly number[] {
  const body = [...Array.from(name, (c) => c.charCodeAt(0)), ...data]
  return [...word(data.length), ...body, ...word(~body.reduce(crc, -1))]
}

/** One step of the checksum of RFC 1952, bit by bit: a table would be larger than the picture. */
function crc(sum: number, byte: number): number {
  let next = sum ^ byte
  for (let bit = 0; bit < 8; bit++) next = (next >>> 1) ^ (next & 1 && 0xedb88320)
  return next
}

function word(value: number): readonly number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

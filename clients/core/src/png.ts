/**
 * A picture of a few pixels as the address of a PNG, made without a canvas: it works on servers too.
 * Of each number in its lists the lowest eight bits count.
 */
export function pngURI(width: number, height: number, rgba: Iterable<number>): string {
  const filtered = [...rgba].flatMap((byte, i) => (i % (width * 4) ? byte : [0, byte])) // each line by none, 0
  const png = [
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk([73, 72, 68, 82, ...word(width), ...word(height), 8, 6, 0, 0, 0]), // IHDR: eight bits, colours and alpha
    ...chunk([73, 68, 65, 84, ...stored(filtered)]), // IDAT
    ...chunk([73, 69, 78, 68]), // IEND
  ]
  return `data:image/png;base64,${btoa(png.map((byte) => String.fromCharCode(byte & 255)).join(''))}`
}

/** RFC 1950 and 1951: one block that is not compressed, which holds up to 65535 bytes. */
function stored(data: readonly number[]): readonly number[] {
  let a = 1
  let b = 0
  for (const byte of data) b += a += byte // of so few bytes the sums stay exact
  return [120, 1, 1, data.length, data.length >> 8, ~data.length, ~data.length >> 8, ...data, ...word(((b % 65521) << 16) + (a % 65521))]
}

/** The name's four letters and the data, between their length and the checksum of RFC 1952. */
function chunk(body: readonly number[]): readonly number[] {
  let sum = -1
  for (const byte of body) {
    sum ^= byte & 255
    // Bit by bit: a table would be larger than the picture.
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 && 0xedb88320)
  }
  return [...word(body.length - 4), ...body, ...word(~sum)]
}

function word(value: number): readonly number[] {
  return [value >> 24, value >> 16, value >> 8, value]
}

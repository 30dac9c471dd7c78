/**
 * `@gip4all/core/sign`: exact signatures, site tokens and url tokens, byte for byte those of
 * `backend/sign`. `backend/vectors/sign.json` holds both to the same rules.
 *
 * It needs WebCrypto and nothing else, so it runs in Node, Deno, Bun and at the edge. It is
 * for servers: whoever holds the key can sign anything, so it must never reach a browser bundle.
 *
 * Programmer's mistakes (a key that is not hexadecimal, a path without its slash) are a
 * TypeError, which never quotes a key.
 */

/** A key and the salt that exact signatures put before the path, both hexadecimal. */
export interface Pair {
  readonly key: string
  readonly salt: string
}

/** Bytes of the MAC in a token; 22 characters. */
const tokenSize = 16

/** Signs `path`: everything after the signature, from its slash. `size`: bytes of the MAC kept, 16 to 32. */
export async function signPath(pair: Pair, path: string, size = 32): Promise<string> {
  if (!path.startsWith('/')) throw new TypeError(`path "${path}" does not begin with a slash`)
  if (!Number.isInteger(size) || size < 16 || size > 32) throw new TypeError(`size ${size} is not within 16 to 32`)
  const mac = await hmac(pair.key, join(fromHex(pair.salt, 'salt'), new TextEncoder().encode(path)))
  return toBase64url(mac.subarray(0, size))
}

/** Whether `signature` is the one spelling of the signature of `path`. `size` as in {@link signPath}. */
export async function verifyPath(pair: Pair, signature: string, path: string, size = 32): Promise<boolean> {
  if (!path.startsWith('/')) return false
  return same(signature, await signPath(pair, path, size))
}

/** The public token of a site at a generation: it opens any source that the site lists. */
export function siteToken(key: string, site: string, generation: number): Promise<string> {
  return token(key, 'gip:site:v1', site, generation)
}

/** The token that opens one source for a site. `source` is the decoded source URL. */
export function urlToken(key: string, site: string, generation: number, source: string): Promise<string> {
  return token(key, 'gip:url:v1', site, generation, source)
}

/** A NUL in a name would let it claim another message's fields; the source is last and may hold any byte. */
async function token(key: string, label: string, site: string, generation: number, ...source: string[]): Promise<string> {
  if (site.includes('\0')) throw new TypeError(`site ${JSON.stringify(site)} holds a NUL`)
  if (!Number.isSafeInteger(generation)) throw new TypeError(`generation ${generation} is not an integer`)
  const message = [label, site, String(generation), ...source].join('\0')
  const mac = await hmac(key, new TextEncoder().encode(message))
  return toBase64url(mac.subarray(0, tokenSize))
}

async function hmac(key: string, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', fromHex(key, 'key'), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', secret, message))
}

/** Compares every character whatever the first ones were: the time tells the length, which is public. */
function same(given: string, want: string): boolean {
  let difference = given.length ^ want.length
  for (let i = 0; i < want.length; i++) difference |= given.charCodeAt(i) ^ want.charCodeAt(i)
  return difference === 0
}

function fromHex(text: string, what: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})+$/i.test(text)) throw new TypeError(`the ${what} is empty or not hexadecimal`)
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole
}

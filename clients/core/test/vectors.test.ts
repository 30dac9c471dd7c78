import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rewrite } from '../src/rewrite.ts'

/** An image URL as Go prints what it has parsed. */
interface Vector {
  readonly name: string
  readonly canonical: string
  readonly source: string
}

const folder = new URL('../../../backend/vectors/', import.meta.url)
const files = readdirSync(folder).filter((name) => /^url(-|\.)/.test(name))

test('there are files', () => {
  expect(files.length).toBeGreaterThanOrEqual(12)
})

describe.each(files)('%s', (file) => {
  const { count, valid }: { count: { valid: number }; valid: readonly Vector[] } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

  test('has as many vectors as it says', () => {
    expect(valid).toHaveLength(count.valid)
  })

  // Options are taken as they are; the source is what may be written in more than one way.
  test.each(valid)('$name', ({ canonical, source }) => {
    const options = canonical.slice(0, canonical.indexOf('/plain/'))
    const url = rewrite('', source, options.slice(1)).replace(/^\/\/plain/, '/plain')
    expect(send(url)).toBe(canonical)
  })
})

/** Browsers send nothing but ASCII. */
function send(path: string): string {
  return path.replace(/[^\0-\x7f]+/g, encodeURIComponent)
}

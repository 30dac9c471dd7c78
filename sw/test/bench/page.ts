/**
 * Measures the demo page without gip, with its worker, and the same photographs by React, as a
 * visitor with a slow connection sees them; writes the table into docs/performance.md.
 * `make bench-page` runs it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { startDemo } from '../browser/demo.ts'
import { LINKS, type Link } from './links.ts'
import { median, table, type Row } from './table.ts'
import { startVisitor, type Cost } from './visitor.ts'

const ROUNDS = 3
const PAGE = 'docs/performance.md'

/** The ways to show the photographs, as columns of the table. */
const WAYS = [
  { name: 'plain', path: '', isPlain: true },
  { name: 'worker', path: '', isPlain: false },
  { name: 'React', path: 'examples/react/', isPlain: false },
]

/** What a visitor does, in this order. */
const VIEWS = [
  { name: 'first', empty: false },
  { name: 'second', empty: false },
  { name: 'third', empty: false },
  { name: 'later, when the browser has kept no images', empty: true },
]

async function visit(url: string, link: Link, isPlain: boolean): Promise<readonly Cost[]> {
  const visitor = await startVisitor(link, isPlain)
  const costs: Cost[] = []
  for (const { empty } of VIEWS) {
    if (empty) await visitor.emptyCache()
    costs.push(await visitor.view(url))
  }
  await visitor.leave()
  return costs
}

/** The ways take turns, so that a busy machine hits all of them. */
async function measure(address: string, link: Link): Promise<readonly Row[]> {
  const rounds: (readonly (readonly Cost[])[])[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const ways: (readonly Cost[])[] = []
    for (const { path, isPlain } of WAYS) ways.push(await visit(address + path, link, isPlain))
    console.error(`${link.name}: round ${round + 1} of ${ROUNDS}`)
    rounds.push(ways)
  }
  return VIEWS.map(({ name }, view) => ({
    name: `${link.name}, ${name}`,
    costs: WAYS.map((_, way) => median(rounds.map((ways) => ways[way]![view]!))),
  }))
}

function write(text: string): void {
  const marked = /(<!-- page -->\n)[^]*(<!-- \/page -->)/
  const page = readFileSync(PAGE, 'utf8')
  if (!marked.test(page)) throw new TypeError(`${PAGE} has no <!-- page --> … <!-- /page -->`)
  writeFileSync(PAGE, page.replace(marked, (_, begin: string, end: string) => `${begin}${text}${end}`))
}

async function run(): Promise<void> {
  const demo = await startDemo()
  const rows: Row[] = []
  try {
    for (const link of LINKS) rows.push(...(await measure(demo.address, link)))
  } finally {
    await demo.stop()
  }
  const when = `Measured on ${new Date().toISOString().slice(0, 10)}, ${ROUNDS} rounds, medians; the machine's load was ${loadavg()[0]!.toFixed(1)}.`
  const text = `${when}\n\n${table(WAYS.map(({ name }) => name), rows)}`
  console.log(text)
  write(text)
}

await run()

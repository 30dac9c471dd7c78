import type { Cost } from './visitor.ts'

/** One view, by each way. */
export interface Row {
  readonly name: string
  readonly costs: readonly Cost[]
}

/** The middle of each number by itself. */
export function median(costs: readonly Cost[]): Cost {
  const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
  return { bytes: middle(costs.map(({ bytes }) => bytes)), paint: middle(costs.map(({ paint }) => paint)) }
}

/** The rows as a Markdown table: kilobytes of every way, then seconds of every way. */
export function table(ways: readonly string[], rows: readonly Row[]): string {
  const head = ['view', ...ways.map((way) => `images, ${way}`), ...ways.map((way) => `LCP, ${way}`)]
  const lines = rows.map(({ name, costs }) => [
    name,
    ...costs.map(({ bytes }) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`),
    ...costs.map(({ paint }) => `${(paint / 1000).toFixed(2)} s`),
  ])
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = (file: string): string => fileURLToPath(new URL(`../src/${file}`, import.meta.url))

/** A module, and all that it imports from this package. */
function reach(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, next] of readFileSync(src(file), 'utf8').matchAll(/^(?:import|export) (?!type).*from '\.\/(.*)'/gm)) reach(next!, seen)
  return seen
}

test('the entry for server components has no hooks and no context', () => {
  const files = [...reach('index.ts')]
  expect(files).toContain('server.ts')
  for (const file of files) expect(readFileSync(src(file), 'utf8'), file).not.toMatch(/\buse[A-Z]\w+|createContext|'use client'/)
  expect([...reach('client.ts')], 'it can find them').toContain('fallback.ts')
})

import { expect, test } from 'vitest'
import { isOurs, placeOf, registrationAt, tell } from '../../src/page.ts'

const PAGE = 'https://blog.example/2026/post.html?x'
const place = placeOf('/gip-sw.js', PAGE)

test.each([
  ['/gip-sw.js', 'https://blog.example/'],
  ['/blog/gip-sw.js', 'https://blog.example/blog/'],
  ['gip-sw.js', 'https://blog.example/2026/'],
])('the shim at %s serves %s', (script, scope) => {
  expect(placeOf(script, PAGE).scope).toBe(scope)
})

const shim = worker('https://blog.example/gip-sw.js')
const shimWithQuery = worker('https://blog.example/gip-sw.js?2')
const foreign = worker('https://blog.example/sw.js')

test.each([
  ['only the shim', { active: shim }, true],
  ['the shim of before and of now', { active: shim, waiting: shimWithQuery }, true],
  ['another worker', { active: foreign }, false],
  ['the shim, to be replaced by another worker', { active: shim, installing: foreign }, false],
  ['another worker, to be replaced by the shim', { active: foreign, waiting: shim }, false],
])('isOurs: %s', (_, workers, want) => {
  expect(isOurs(registration(workers), place)).toBe(want)
})

test.each([
  ['https://blog.example/', true],
  ['https://blog.example/2026/', false], // an outer scope would answer for an inner one
])('a registration of %s is the one of this scope: %s', async (scope, want) => {
  const workers = { getRegistration: async () => registration({ active: shim }, scope) } as unknown as ServiceWorkerContainer
  expect((await registrationAt(place, workers)) !== undefined).toBe(want)
})

test('every worker of a registration is told', () => {
  const told: string[] = []
  tell(registration({ active: worker('a:', told), installing: worker('b:', told) }), 'x')
  expect(told.toSorted()).toEqual(['a: x', 'b: x'])
})

function worker(scriptURL: string, told: string[] = []): ServiceWorker {
  return { scriptURL, postMessage: (message: unknown) => told.push(`${scriptURL} ${message}`) } as unknown as ServiceWorker
}

function registration(workers: Record<string, ServiceWorker>, scope = place.scope): ServiceWorkerRegistration {
  return { scope, installing: null, waiting: null, active: null, ...workers } as unknown as ServiceWorkerRegistration
}

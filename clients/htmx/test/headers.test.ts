// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { addHeaders } from '../src/headers.ts'

test.each([
  { name: 'a path', address: '/fragment', told: true },
  { name: 'an address of the same origin', address: `${location.origin}/fragment`, told: true },
  { name: 'another origin', address: 'https://other.example/fragment', told: false },
  { name: 'another port', address: 'http://localhost:81/fragment', told: false },
])('$name', ({ address, told }) => {
  const headers: Record<string, string> = {}
  addHeaders(headers, address)
  expect(headers).toEqual(told ? { 'HX-Img-DPR': '1', 'HX-Img-Viewport': String(innerWidth) } : {})
})

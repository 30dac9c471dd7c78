/**
 * `@gip4all/core/parts`: what `attrs` is made of, for a client that writes into markup which has its
 * own styles: the addresses of an image, the rungs that it may need, and the candidates they give.
 */
export { candidates, type Candidates, type Choice } from './candidates.ts'
export { rungsOf } from './ladder.ts'
export { addressOf, type Address } from './url.ts'

import type { Mood, Proxy } from './proxy.ts'
import { until } from './stage.ts'

/** A way in which a page loses the backend's images. */
export interface Failure {
  readonly name: string
  /** What the backend becomes, once what else of it the page needs is there. */
  readonly mood: Mood
  /** The page's policy is `STRICT`. */
  readonly isBlocked?: boolean
  /** The page's images have `crossorigin`; others would be shown. */
  readonly isShared?: boolean
}

/** The images that a page allows, where it forbids the backend's. */
export const STRICT = "img-src 'self' data:"

/** Every way: each client, in each engine, shows the originals then. */
export const FAILURES: readonly Failure[] = [
  { name: 'the backend is down', mood: 'down' },
  { name: 'it answers 500', mood: 'error' },
  { name: 'it answers 403', mood: 'denied' },
  { name: 'it answers a web page', mood: 'page' },
  { name: 'it hangs', mood: 'hang' },
  { name: 'its images end in the middle', mood: 'cut' },
  { name: 'its images are none, and say that they are', mood: 'garbage' },
  { name: 'its images are for no other site', mood: 'unshared', isShared: true },
  { name: "the page's policy forbids its images", mood: 'pass', isBlocked: true },
]

/** Browsers ask one server for no more at a time. */
const MOST = 6

/**
 * Breaks the connection, once so many images wait. Browsers have no limit for an image that never
 * comes, and nothing that a page could observe: it waits for as long as the network does.
 */
export async function endHanging({ mood }: Failure, proxy: Proxy, count: number): Promise<void> {
  if (mood !== 'hang') return
  await until(`${count} images wait`, async () => proxy.images.length >= Math.min(count, MOST))
  await proxy.become('down')
}

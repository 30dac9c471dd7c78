/** A screen and the connection that it has. */
export interface Link {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly density: number
  /** Milliseconds, there and back. */
  readonly latency: number
  readonly megabits: number
}

/** The phone is Lighthouse's: slow 4G; its screen is that of a common one. */
export const LINKS: readonly Link[] = [
  { name: 'phone', width: 390, height: 844, density: 3, latency: 150, megabits: 1.6 },
  { name: 'desktop', width: 1350, height: 940, density: 1, latency: 40, megabits: 10 },
]

/** The link as CDP's `Network.emulateNetworkConditions` takes it. */
export function conditions({ latency, megabits }: Link): { offline: false; latency: number; downloadThroughput: number; uploadThroughput: number } {
  const throughput = (megabits * 1e6) / 8
  return { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput }
}

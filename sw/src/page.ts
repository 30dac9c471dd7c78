/** The page's side of the worker: whose it is, and what is said to it. Knows no document. */

/** Where the site hosts the shim; the folder it is in is its scope. */
export interface Place {
  readonly script: URL
  readonly scope: string
}

export function placeOf(script: string, page: string): Place {
  const url = new URL(script, page)
  return { script: url, scope: new URL('.', url).href }
}

/** The registration of exactly this scope; one of an outer scope is somebody else's. */
export async function registrationAt(place: Place, workers: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await workers.getRegistration(place.scope)
  return registration?.scope === place.scope ? registration : undefined
}

/** Whether every worker of the registration, past and coming, runs the shim. */
export function isOurs(registration: ServiceWorkerRegistration, place: Place): boolean {
  return workersOf(registration).every((worker) => runsShim(worker, place))
}

export function runsShim(worker: ServiceWorker, place: Place): boolean {
  return new URL(worker.scriptURL).pathname === place.script.pathname
}

/** Tells every worker of the registration, also the one that is still being installed. */
export function tell(registration: ServiceWorkerRegistration, message: unknown): void {
  for (const worker of workersOf(registration)) worker.postMessage(message)
}

function workersOf({ installing, waiting, active }: ServiceWorkerRegistration): readonly ServiceWorker[] {
  return [installing, waiting, active].filter((worker) => worker !== null)
}

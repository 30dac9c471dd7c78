/** Where a visitor's own choice is kept. */
const KEY = 'gip'

/**
 * Whether this visitor wants no gip: `?gip=off` says so from now on, `?gip=on` takes it back.
 * Where storage is forbidden the choice holds for this page.
 */
export function isSwitchedOff(search: string, open: () => Storage): boolean {
  const asked = new URLSearchParams(search).get('gip')
  try {
    const storage = open()
    if (asked === 'off') storage.setItem(KEY, asked)
    if (asked === 'on') storage.removeItem(KEY)
    return storage.getItem(KEY) === 'off'
  } catch {
    return asked === 'off'
  }
}

/** Without what is undefined: Vue's server renderer writes an empty class and style for it. */
export function definedOf<T extends object>(attributes: T): T {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as T
}

/** Without a class or a style that is not there: Vue's server renderer would write an empty one. */
export function withoutEmpty<T extends object>(attributes: T & { class?: unknown; style?: unknown }): T {
  const others = { ...attributes }
  if (!others.class) delete others.class
  if (!others.style) delete others.style
  return others
}

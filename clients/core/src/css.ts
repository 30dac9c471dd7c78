import type { Style } from './props.ts'

/** A style as the text of a style attribute. */
export function styleText(style: Style): string {
  const declarations = Object.entries(style).filter(([, value]) => value !== undefined)
  return declarations.map(([name, value]) => `${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}:${value}`).join(';')
}

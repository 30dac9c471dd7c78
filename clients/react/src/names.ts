import type { PictureProps, Style } from '@gip4all/core'
import * as React from 'react'
import type * as Author from './props.ts'

/** Versions that do not know fetchPriority warn of its capital. */
export const PRIORITY = 'use' in React ? 'fetchPriority' : 'fetchpriority'

/** What core is told: an author's props by HTML's names. */
export function coreProps({ config: _, fetchPriority, style, ...props }: Author.PictureProps): PictureProps {
  return { ...props, fetchpriority: fetchPriority, style: style as Style | undefined } as PictureProps
}

/** Core's attributes by React's names, in the same order. */
export function reactProps(attributes: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [reactName(name), value]))
}

function reactName(name: string): string {
  return name === 'srcset' ? 'srcSet' : name === 'fetchpriority' ? PRIORITY : name
}

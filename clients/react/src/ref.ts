import { forwardRef, version, type ReactElement, type Ref } from 'react'

interface Referable {
  readonly ref?: Ref<HTMLImageElement> | undefined
}

/** A component that finds its ref among its props, which React does by itself from 19 on. */
export function withRef<P extends Referable>(render: (props: P) => ReactElement): (props: P) => ReactElement {
  if (parseInt(version) > 18) return render
  return forwardRef<HTMLImageElement, Omit<P, 'ref'>>((props, ref) => render({ ...props, ref } as unknown as P)) as unknown as (props: P) => ReactElement
}

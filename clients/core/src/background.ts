import type { Props, Style } from './props.ts'
import type { Address } from './url.ts'

/** What is seen until the image is: a colour, or a picture that fills the same place. */
export function backgroundStyle({ background }: Props, address: Address | undefined): Style {
  const picture = background === 'auto' ? address?.(0, 'lqip') : background
  // Colours and gradients have neither before their first space.
  if (!picture || !/^\S*[:/]/.test(picture)) return { background: picture }
  return { background: `center / cover no-repeat url("${picture.replace(/"/g, '%22')}")` }
}

import type { Config } from '@gip4all/core'
import { afterRequests, isBroken } from '@gip4all/core/failures'
import { useCallback, useRef, useState, type ReactEventHandler, type Ref } from 'react'
import { useBrowserEffect } from './effect.ts'
import type { FallbackProps, ImageProps } from './props.ts'

/** What is to be done about an image that could not be shown. */
type Fail = (image: HTMLImageElement) => void

/** What of an image's props decides about that. */
type Failing = Pick<ImageProps, 'src' | 'fallback'>

/**
 * The config to show an image with: none once it has failed, until it is another image. One that
 * failed for one config stays the original for the next: nobody wants to see it break again.
 */
export function useFallback(config: Config | undefined, { src, fallback }: Failing, onFallback: FallbackProps['onFallback']): readonly [Config | undefined, Fail] {
  const [failed, setFailed] = useState<string>()
  // The same failure may be found twice before the next render: by the event and by looking.
  const told = useRef<string>(undefined)
  const fail: Fail = (image) => {
    if (fallback === false || told.current === src) return
    told.current = src
    setFailed(src)
    onFallback?.({ src, failed: image.currentSrc, image })
  }
  return [failed === src ? undefined : config, fail]
}

interface Watched {
  readonly ref?: Ref<HTMLImageElement> | undefined
  readonly onError?: ReactEventHandler<HTMLImageElement> | undefined
}

/** The ref and the listener by which failures are found, with the author's own in them. */
export function useWatch({ ref, onError }: Watched, fail: Fail | undefined): Required<Watched> {
  const own = useRef<HTMLImageElement>(null)
  const latest = useRef(fail)
  useBrowserEffect(() => { latest.current = fail })
  useBrowserEffect(() => {
    const look = (): void => {
      const image = own.current!
      if (isBroken(image)) latest.current?.(image)
    }
    // It may have failed before the page could listen.
    look()
    return afterRequests(look)
  }, [])
  return {
    ref: useCallback((image: HTMLImageElement | null) => {
      own.current = image
      // What a function gives back is React's to call.
      if (typeof ref === 'function') return ref(image)
      if (ref) ref.current = image
    }, [ref]),
    onError(event) {
      onError?.(event)
      fail?.(event.currentTarget)
    },
  }
}

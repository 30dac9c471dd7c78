import { isSwitchedOff, type Config } from '@gip4all/core'
import { createContext, createElement, useContext, useState, type ReactElement, type ReactNode } from 'react'
import { useBrowserEffect } from './effect.ts'

const Shared = /* @__PURE__ */ createContext<Config | undefined>(undefined)

export interface GipProviderProps {
  readonly config: Config | undefined
  readonly children?: ReactNode
}

/**
 * Gives all images below it their config. A visitor who switched gip off (`?gip=off`) gets the
 * originals as soon as the page runs: until then it must be what the server rendered.
 */
export function GipProvider({ config, children }: GipProviderProps): ReactElement {
  const [off, setOff] = useState(false)
  useBrowserEffect(() => setOff(isSwitchedOff(location.search, () => localStorage)), [])
  return createElement(Shared.Provider, { value: off ? undefined : config }, children)
}

/** The config of the provider above, unless there is one of its own. */
export function useGip(own?: Config): Config | undefined {
  const shared = useContext(Shared)
  return own ?? shared
}

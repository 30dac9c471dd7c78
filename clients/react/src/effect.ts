import { useEffect, useLayoutEffect } from 'react'

/** Runs before the browser paints; on servers no effect runs, and React up to 18 warns of this one. */
export const useBrowserEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

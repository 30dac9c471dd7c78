/**
 * What a server needs to choose widths by itself. Other origins are told nothing: a header of one's
 * own would make their browsers ask for leave first.
 */
export function addHeaders(headers: Record<string, string>, address: string): void {
  if (new URL(address, document.baseURI).origin !== location.origin) return
  headers['HX-Img-DPR'] = String(devicePixelRatio)
  headers['HX-Img-Viewport'] = String(innerWidth)
}

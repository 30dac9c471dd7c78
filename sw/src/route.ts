/**
 * Whether a request is for an image at all, and one that may be asked for without the visitor's
 * credentials. Says nothing about whose image it is.
 */
export function isPlainImage(request: Request): boolean {
  return (
    request.method === 'GET' &&
    request.destination === 'image' &&
    // <img crossorigin="use-credentials">: the author says that the image depends on who asks.
    !(request.mode === 'cors' && request.credentials === 'include') &&
    !request.headers.has('range')
  )
}

/** Whether the backend can do anything for this URL. Vectors and icons stay as they are. */
export function isRewritable(url: URL, endpoint: string): boolean {
  return (
    !url.username &&
    !/\.(svgz?|ico)$/i.test(url.pathname) &&
    // The backend's own answers must not go around again; its other paths are none of its images.
    !(url.href.startsWith(`${endpoint}/s/`) || url.href.startsWith(`${endpoint}/u/`))
  )
}

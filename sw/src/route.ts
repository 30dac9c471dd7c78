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

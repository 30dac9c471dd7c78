/** The attribute by which server-rendered HTML remembers an error that comes before Vue does. */
export const MARKER = { onerror: 'this.dataset.error=1' }

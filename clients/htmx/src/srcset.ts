/** Changes the addresses of a srcset, and nothing else of it. A comma ends an address only at its end, as in HTML. */
export function mapSrcset(srcset: string, change: (address: string) => string): string {
  return srcset.replace(/([^\s,](?:\S*[^\s,])?)(\s+[^,]*)?/g, (_, address: string, descriptor = '') => change(address) + descriptor)
}

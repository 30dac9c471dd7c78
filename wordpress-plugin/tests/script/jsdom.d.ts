/** As much of jsdom as the tests here use; the package brings no types. */
declare module 'jsdom' {
  export type DOMWindow = Window & typeof globalThis
  export class JSDOM {
    constructor(html: string, options: { url: string; runScripts: 'dangerously'; beforeParse(window: DOMWindow): void })
    readonly window: DOMWindow
  }
}

/** What the experiment cannot see: what style sheets do under other conditions, such as print. */

/** A rule, as far as it matters for an image's box. */
interface Rule {
  readonly selector: string
  /** Holds on some screens, papers or containers only. */
  readonly conditional: boolean
  /** Says something about the box of what it matches, or about the height of what is inside. */
  readonly sizing: boolean
  readonly vertical: boolean
  /** Gives a height that no container has a say in. */
  readonly height: boolean
}

/** What the page's style sheets say. */
export interface Styles {
  readonly rules: readonly Rule[]
  /** Addresses that they use. */
  readonly urls: readonly string[]
}

const SIZING = /width|height|-size|ratio|display|position|float|zoom|inset|flex|grid|align|justify|content|^all$/
/** What can change the height of what is inside. */
const VERTICAL = /height|block-size|display|position|flex|grid-(template|auto)-row|^all$/

/** undefined when a sheet of another origin may not be read: it may do anything. */
export function readStyles(page: Document): Styles | undefined {
  const rules: Rule[] = []
  const urls: string[] = []

  /** Only what matters: a page has thousands of rules, and each is held against each image. */
  function add(selector: string, style: CSSStyleDeclaration, conditional: boolean): void {
    const says = (names: RegExp) => [...style].some((name) => names.test(name))
    const rule = { selector, conditional, sizing: says(SIZING), vertical: says(VERTICAL), height: setsHeight(style) }
    if (conditional ? rule.sizing : rule.height) rules.push(rule)
  }
  function walk(list: CSSRuleList, conditional: boolean, parent = ''): void {
    for (const rule of list as Iterable<CSSRule & Partial<CSSStyleRule & CSSImportRule & CSSMediaRule & { containerName: string }>>) {
      const { selectorText = '&', style, cssRules, styleSheet, media, containerName } = rule
      const selector = selectorText.includes('&') ? selectorText.replace(/&/g, `:is(${parent})`) : parent ? `:is(${parent}) ${selectorText}` : selectorText
      const depends = conditional || isLimited(media) || containerName !== undefined
      if (style) add(rule.selectorText ? selector : parent, style, depends)
      if (styleSheet) read(styleSheet, depends)
      if (cssRules) walk(cssRules, depends, rule.selectorText ? selector : parent)
    }
  }
  function read(sheet: CSSStyleSheet, conditional: boolean): void {
    walk(sheet.cssRules, conditional || isLimited(sheet.media))
    for (const { cssText } of sheet.cssRules) urls.push(...urlsIn(cssText, sheet.href ?? page.baseURI))
  }
  try {
    for (const sheet of [...page.styleSheets, ...(page.adoptedStyleSheets ?? [])]) if (!sheet.disabled) read(sheet, false)
  } catch {
    return undefined
  }
  return { rules, urls }
}

function isLimited(media: MediaList | undefined): boolean {
  return Boolean(media?.mediaText) && media?.mediaText !== 'all'
}

/** The addresses in a piece of CSS. */
export function urlsIn(css: string, base: string): readonly string[] {
  return [...css.matchAll(/url\(\s*["']?([^"')]+)/g)].flatMap(([, url]) => {
    try {
      return [new URL(url!, base).href]
    } catch {
      return []
    }
  })
}

/** Whether the image's box may be made another way under another condition. */
export function mayChange(image: HTMLElement, { rules }: Styles, ownHeight: boolean): boolean {
  return rules.some(({ selector, conditional, sizing, vertical }) => {
    if (!conditional) return false
    return (sizing && find(image, selector) === image) || (!ownHeight && vertical && find(image, selector) !== null)
  })
}

/** Whether its own attributes or rules say how high it is, so that no container has a say. */
export function hasOwnHeight(image: HTMLImageElement, { rules }: Styles): boolean {
  if (image.hasAttribute('height') || setsHeight(image.style)) return true
  return rules.some(({ selector, conditional, height }) => height && !conditional && find(image, selector) === image)
}

function setsHeight({ height, aspectRatio }: CSSStyleDeclaration): boolean {
  return /^[\d.]+(?!.*%)/.test(height) || /^[\d.]/.test(aspectRatio)
}

/** The image, else what it is in; a selector of the future finds nothing that it can be blamed for. */
function find(image: Element, selector: string): Element | null {
  try {
    return image.closest(selector)
  } catch {
    return null
  }
}

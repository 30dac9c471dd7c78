// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { changeText } from '../src/text.ts'

const mark = (images: readonly Element[]): void => images.forEach((image) => image.setAttribute('src', 'new'))

const rows: readonly { name: string; html: string; want: string }[] = [
  { name: 'nothing else changes', html: '<tr><TD Class=x>a &amp b<img src=a></td></tr>', want: '<tr><TD Class=x>a &amp b<img src="new"></td></tr>' },
  { name: 'a whole page', html: '<!doctype html><html><head><title><img src=a></title></head><body class="x"><img src=a></body></html>', want: '<!doctype html><html><head><title><img src=a></title></head><body class="x"><img src="new"></body></html>' },
  { name: 'comments', html: '<!-- <img src=a> --><img src=a>', want: '<!-- <img src=a> --><img src="new">' },
  { name: 'a comment without an end', html: '<img src=a><!-- <img src=a>', want: '<img src="new"><!-- <img src=a>' },
  { name: 'scripts and styles', html: '<script>"<img src=a>"</script><style><img src=a></style><img src=a>', want: '<script>"<img src=a>"</script><style><img src=a></style><img src="new">' },
  { name: 'text fields', html: '<textarea><img src=a></textarea><img src=a>', want: '<textarea><img src=a></textarea><img src="new">' },
  { name: '> in a value', html: '<img alt="a > b" src=a>', want: '<img alt="a > b" src="new">' },
  { name: 'quotes without a value', html: "<img alt=it's src=a><p title='>'>", want: "<img alt=\"it's\" src=\"new\"><p title='>'>" },
  { name: 'slashes and capitals', html: '<IMG/SRC=a/>', want: '<img src="new">' },
  { name: 'no end', html: '<img src=a><img src="a', want: '<img src="new"><img src="a' },
  { name: 'templates', html: '<template><template><img src=a></template></template>', want: '<template><template><img src="new"></template></template>' },
  { name: 'sources of pictures only', html: '<picture><source src=a></picture><video><source src=a></video>', want: '<picture><source src="new"></picture><video><source src=a></video>' },
  { name: 'other elements that begin alike', html: '<imgx src=a><img-x src=a></img-x>', want: '<imgx src=a><img-x src=a></img-x>' },
  { name: 'an image of a drawing', html: '<svg><image href=a /></svg>', want: '<svg><image href=a /></svg>' },
]

describe('changeText', () => {
  test.each(rows)('$name', ({ html, want }) => {
    expect(changeText(html, mark)).toBe(want)
  })

  test('what nobody changes stays as it came', () => {
    for (const { html } of rows) expect(changeText(html, () => undefined)).toBe(html)
  })

  // Each quote could be tried two ways, and with a hundred of them that would never end.
  test('a long tag without an end takes no time', () => {
    const html = `<img ${'a="" '.repeat(5000)}`
    expect(changeText(html, mark)).toBe(html)
  })
})

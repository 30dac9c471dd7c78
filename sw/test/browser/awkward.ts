import type { Site } from './site.ts'

/** One way to put an image into a page, and what the worker may ask for: a rung, or its own pixels. */
export interface Case {
  readonly name: string
  readonly html: (src: string) => string
  readonly width?: number
}

/** The photos are 900 × 600, and the screens have one pixel for each of CSS. */
export const CASES: readonly Case[] = [
  // Boxes of their own.
  { name: 'attributes', width: 384, html: (src) => `<img src="${src}" width="300" height="200">` },
  { name: 'css', width: 384, html: (src) => `<img src="${src}" style="width:300px;height:200px">` },
  { name: 'fit-cover', width: 512, html: (src) => `<img src="${src}" style="width:300px;height:300px;object-fit:cover">` },
  { name: 'fit-none', width: 512, html: (src) => `<img src="${src}" style="width:300px;height:300px;object-fit:contain;padding:5px;border:3px solid">` },
  { name: 'ratio-css', width: 384, html: (src) => `<img src="${src}" style="width:300px;aspect-ratio:3/2">` },
  { name: 'fluid', width: 768, html: (src) => `<div style="width:400px"><img src="${src}" width="900" height="600" style="max-width:100%;height:auto"></div>` },
  { name: 'flex-fixed', width: 384, html: (src) => `<div style="display:flex;width:500px"><img src="${src}" style="width:300px;height:200px;flex:none"></div>` },
  { name: 'grid-cell', width: 512, html: (src) => `<div style="display:grid;grid-template:200px/400px"><img src="${src}" style="width:100%;height:100%;object-fit:cover"></div>` },
  { name: 'transition', width: 384, html: (src) => `<img src="${src}" style="width:300px;height:200px;transition:all 1s">` },
  { name: 'lazy-fixed', width: 384, html: (src) => `<img src="${src}" loading="lazy" width="300" height="200">` },
  { name: 'picture-fixed', width: 384, html: (src) => `<picture><source srcset="${src}"><img src="/none.png" width="300" height="200"></picture>` },
  { name: 'dynamic-fixed', width: 384, html: (src) => dynamic(src, 'width:300px;height:200px') },
  // No boxes of their own.
  { name: 'plain', html: (src) => `<img src="${src}">` },
  { name: 'width-only', html: (src) => `<div style="float:left"><img src="${src}" style="min-height:150px;max-width:300px"></div><br clear="all">` },
  { name: 'max-width', html: (src) => `<div style="width:1000px"><img src="${src}" style="max-width:100%"></div>` },
  { name: 'percent-shrink', html: (src) => `<div style="display:inline-block"><img src="${src}" style="width:50%"></div>` },
  { name: 'flex-grown', html: (src) => `<div style="display:flex;width:700px"><img src="${src}"><p>text</p></div>` },
  { name: 'flex-column', html: (src) => `<div style="display:flex;flex-direction:column;width:300px"><img src="${src}" style="align-self:start"></div>` },
  { name: 'grid-auto', html: (src) => `<div style="display:grid;grid-template-columns:auto 1fr"><img src="${src}"><p>text</p></div>` },
  { name: 'srcset-x', html: (src) => `<img srcset="${src} 2x">` },
  { name: 'srcset-w', html: (src) => `<img src="/none.png" srcset="${src} 900w" sizes="300px">` },
  { name: 'picture', html: (src) => `<picture><source srcset="${src}"><img src="/none.png"></picture>` },
  { name: 'lazy', html: (src) => `<img src="${src}" loading="lazy">` },
  { name: 'dynamic', html: (src) => dynamic(src, '') },
  { name: 'print-auto', html: (src) => `<style>#print-auto img{width:300px;height:200px} @media print{#print-auto img{width:auto;height:auto}}</style><img src="${src}">` },
  { name: 'print-parent', html: (src) => `<style>#print-parent div{width:300px;height:200px} @media print{#print-parent div{width:auto;height:auto;display:inline-block}}</style><div><img src="${src}" style="width:100%;height:100%"></div>` },
  { name: 'nested', html: (src) => `<style>#nested{img{width:300px;height:200px;@media (width > 9000px){width:auto}}}</style><img src="${src}">` },
  { name: 'crossorigin', html: (src) => `<img crossorigin src="${src}" width="300" height="200">` },
  // No <img> at all.
  { name: 'background', html: (src) => `<div style="width:500px;height:100px;background:url('${src}')"></div>` },
  { name: 'image-set', html: (src) => `<div style="width:500px;height:100px;background:image-set(url('${src}') 1x)"></div>` },
  { name: 'content', html: (src) => `<style>#content p::before{content:url("${src}")}</style><p>text</p>` },
  { name: 'list-style', html: (src) => `<ul style="list-style:inside url('${src}')"><li>text</ul>` },
  { name: 'svg', html: (src) => `<svg width="950" height="650"><image href="${src}"/></svg>` },
  { name: 'poster', html: (src) => `<video poster="${src}"></video>` },
  { name: 'input', html: (src) => `<input type="image" src="${src}">` },
  // The same address twice.
  { name: 'two-sizes', width: 512, html: (src) => `<img src="${src}" width="100" height="67"><img src="${src}" width="500" height="333">` },
  { name: 'one-unsafe', html: (src) => `<img src="${src}" width="300" height="200"><img src="${src}">` },
  { name: 'one-background', html: (src) => `<img src="${src}" width="300" height="200"><div style="height:9px;background:url('${src}')"></div>` },
  { name: 'one-link', html: (src) => `<a href="${src}"><img src="${src}" width="300" height="200"></a>` },
]

function dynamic(src: string, style: string): string {
  return `<script>{const at=document.currentScript.parentNode;addEventListener('load',()=>at.append(Object.assign(new Image(),{src:"${src}",style:"${style}"})))}</script>`
}

/** Each case has an address of its own. */
export function sourceOf({ name }: Case): string {
  return `/photos/${1 + (name.length % 4)}.png?${name}`
}

/** Serves the page at /awkward, and without the tag at /awkward-plain. */
export function serveAwkward(site: Site): void {
  const boxes = CASES.map((one) => `<section id="${one.name}">${one.html(sourceOf(one))}</section>`).join('\n')
  for (const [path, tag] of [['/awkward', site.tag], ['/awkward-plain', '']] as const) {
    const body = `<!doctype html><meta charset="utf-8"><title>Awkward</title>${tag}<body style="width:1100px">${boxes}`
    site.files.set(path, { type: 'text/html', body })
  }
}

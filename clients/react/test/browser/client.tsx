import { createRoot, hydrateRoot } from 'react-dom/client'
import { App, type Data } from './app.tsx'

declare global {
  interface Window {
    /** The originals of what failed. */
    told: string[]
  }
}

window.told = []
const root = document.querySelector('#root')!
const data = JSON.parse(document.querySelector('#data')!.textContent!) as Data
const app = <App {...data} onFallback={({ src }) => window.told.push(src)} />
if (root.firstChild) hydrateRoot(root, app)
else createRoot(root).render(app)

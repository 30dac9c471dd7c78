import { renderToString } from 'react-dom/server'
import { App, type Data } from './app.tsx'

/** The page's body, as a server writes it. */
export function render(data: Data): string {
  return renderToString(<App {...data} />)
}

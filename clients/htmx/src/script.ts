/**
 * The package as a script, for pages that bundle nothing, after htmx's own:
 *
 *     <script src="gip-htmx.js" data-endpoint="https://img.example" data-site="NAME.TOKEN"></script>
 */
import type { Htmx } from './htmx.ts'
import { register } from './register.ts'
import { remote } from './remote.ts'

const { htmx } = window as Window & { readonly htmx?: Htmx }
const tag = document.currentScript?.dataset
if (htmx && tag) register(htmx, remote(`${tag['endpoint']}/s/${tag['site']}/config.json`))
else console.error('gip: htmx must be loaded first')

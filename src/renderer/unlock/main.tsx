import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { vaultApi } from '../api/client.ts'
import { markPainted } from '../api/mark.ts'
import { Door } from './Door.tsx'

/* Asked before React is even set up: what the page is for is the one thing it waits for. */
const first = vaultApi.vault.state({})
const root = createRoot(document.getElementById('root')!)
first.then(
  (view) => {
    root.render(<Door first={view} />)
    markPainted('unlock')
  },
  () => root.render(<Door first={null} />),
)

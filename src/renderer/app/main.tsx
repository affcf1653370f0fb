import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { takeCopiesBack } from './copying.ts'
import { Trouble } from './ErrorBoundary.tsx'
import { answerFlush, open } from './start.ts'

/*
 * The page is loaded while the vault is still locked, and shows an empty ground. When the vault opens, the
 * context and the day are fetched together and the first screen is painted at once.
 */
answerFlush()
takeCopiesBack()
const root = createRoot(document.getElementById('root')!)
open().then(
  (path) => root.render(<App path={path} />),
  (error: unknown) => root.render(<Trouble error={error} />),
)

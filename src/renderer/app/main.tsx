import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { answerFlush, open } from './start.ts'

/*
 * The page is loaded while the vault is still locked, and shows an empty ground. When the vault opens, the
 * context and the day are fetched together and the first screen is painted at once.
 */
answerFlush()
const root = createRoot(document.getElementById('root')!)
void open().then((path) => root.render(<App path={path} />))

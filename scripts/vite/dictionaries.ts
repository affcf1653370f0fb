import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const PREFIX = 'virtual:dictionary/'
// Not `import.meta.dirname`: see channel-names.ts.
const folderOf = (language: string): string =>
  fileURLToPath(new URL(`../../node_modules/dictionary-${language}/`, import.meta.url))

/**
 * `virtual:dictionary/en`: a dictionary's two files as text, in a chunk of their own. The packages read their files with
 * Node, and the page's worker has neither files nor fetch.
 */
export function dictionaries(): Plugin {
  return {
    name: 'bracket:dictionaries',
    resolveId: (source) => (source.startsWith(PREFIX) ? `\0${source}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const language = id.slice(PREFIX.length + 1)
      if (!/^[a-z]{2}(?:-[a-z]{2})?$/u.test(language)) throw new Error('no dictionary has such a name')
      const folder = folderOf(language)
      const [aff, dic] = await Promise.all(
        ['aff', 'dic'].map((kind) => readFile(`${folder}index.${kind}`, 'utf8')),
      )
      return `export const aff = ${JSON.stringify(aff)}\nexport const dic = ${JSON.stringify(dic)}`
    },
  }
}

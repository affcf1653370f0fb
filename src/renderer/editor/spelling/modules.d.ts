/** Made from the packages at build time by scripts/vite/dictionaries.ts. */
declare module 'virtual:dictionary/*' {
  export const aff: string
  export const dic: string
}

// Not @types/nspell: it brings Node's types into the page.
declare module 'nspell' {
  interface Speller {
    add(word: string): Speller
    correct(word: string): boolean
    suggest(word: string): string[]
  }
  export default function nspell(aff: string, dic: string): Speller
}

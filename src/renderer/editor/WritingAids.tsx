import { useContext, useEffect, useState } from 'react'
import type { Context } from '../../shared/contract/app.ts'
import type { ClientOverview } from '../../shared/contract/clients.ts'
import type { Output } from '../../shared/contract/index.ts'
import { queryClient, read } from '../api/cache.ts'
import { contextQuery } from '../api/context.ts'
import { AboutNote, knownAbout, type NoteAbout } from './snippets/about.ts'
import { FieldShorthand } from './snippets/FieldShorthand.ts'
import { SnippetMenu } from './snippets/SnippetMenu.tsx'
import type { SectionField } from './SectionField.ts'
import { FieldSpelling } from './spelling/FieldSpelling.ts'
import { using } from './spelling/spelling.ts'
import { SpellingMenu } from './spelling/SpellingMenu.tsx'
import { stepsThrough } from './spelling/stepping.ts'
import type { WordBook } from './spelling/WordBook.ts'

// Kept while the page lives: a note may be written in for longer than an unused answer is kept.
const glossaryQuery = () => ({ ...read('snippets', 'list', {}), gcTime: Infinity })
const cardQuery = (clientId: string) => read('clients', 'get', { id: clientId })

/** Shorthand and spelling of one section. Renders nothing but their menus, and nothing on a key. */
export function WritingAids({ field, words }: { field: SectionField; words: WordBook }) {
  const about = useContext(AboutNote)
  const [aids, setAids] = useState<{
    root: HTMLElement
    shorthand: FieldShorthand
    spelling: FieldSpelling
  } | null>(null)

  useEffect(() => {
    const root = field.editor.getRootElement()
    if (root === null) return
    const idle = requestIdleCallback(() => void queryClient.prefetchQuery(glossaryQuery()))
    const shorthand = new FieldShorthand(field.editor, root, shorthandOf(about))
    const spelling = new FieldSpelling(field.editor, words)
    const releases = [
      using(),
      stepsThrough({ field, spelling, book: words }),
      () => cancelIdleCallback(idle),
      () => shorthand.dispose(),
      () => spelling.dispose(),
    ]
    // A person's own name is no mistake.
    if (about !== null) words.know(about.clientName.split(/[\s,-]+/u))
    setAids({ root, shorthand, spelling })
    return () => {
      for (const release of releases) release()
    }
  }, [field, words, about])

  if (aids === null) return null
  return (
    <>
      <SnippetMenu shorthand={aids.shorthand} root={aids.root} />
      <SpellingMenu field={field} root={aids.root} spelling={aids.spelling} book={words} />
    </>
  )
}

function shorthandOf(about: NoteAbout | null) {
  return {
    snippets: () => {
      if (queryClient.getQueryData<Context>(contextQuery().queryKey)?.preferences.shorthand === false)
        return []
      // Brought up to date beside the typing; what is known already is used at once.
      void queryClient.prefetchQuery(glossaryQuery())
      if (about !== null) void queryClient.prefetchQuery(cardQuery(about.clientId))
      return queryClient.getQueryData<Output<'snippets', 'list'>>(glossaryQuery().queryKey)?.snippets ?? []
    },
    known: () =>
      knownAbout(
        about,
        about === null
          ? undefined
          : queryClient.getQueryData<ClientOverview>(cardQuery(about.clientId).queryKey),
      ),
  }
}

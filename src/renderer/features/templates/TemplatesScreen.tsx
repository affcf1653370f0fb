import { useQuery } from '@tanstack/react-query'
import { read } from '../../api/cache.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { EmptyState } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Defaults } from './Defaults.tsx'
import { Formats } from './Formats.tsx'
import { Shorthand } from './Shorthand.tsx'

/** What a person writes with: formats of notes, and shorthand. */
export function TemplatesScreen() {
  const { data, error } = useQuery(read('formats', 'list', {}))
  usePainted('templates', data)
  return (
    <Screen title="Templates & snippets" width="narrow">
      {error !== null && data === undefined ? (
        <EmptyState title="The formats could not be looked up">{sentenceFor(error)}</EmptyState>
      ) : (
        data !== undefined && (
          <>
            <Formats own={data.own} />
            <Defaults own={data.own} defaults={data.defaults} />
          </>
        )
      )}
      <Shorthand />
    </Screen>
  )
}

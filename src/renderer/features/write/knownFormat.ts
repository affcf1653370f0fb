import { useQuery } from '@tanstack/react-query'
import { builtIn } from '../../../shared/document/formats/builtIn.ts'
import type { Format } from '../../../shared/document/formats/format.ts'
import { read } from '../../api/cache.ts'

/** A person's own formats; none until they are there. */
export function useOwnFormats(): readonly Format[] {
  const { data } = useQuery(read('formats', 'list', {}))
  return data?.own ?? []
}

/** What a format asks for. A template that was thrown away asks for nothing; its notes keep their headings. */
export function useKnownFormat(key: string): Format | undefined {
  const own = useOwnFormats()
  return builtIn(key) ?? own.find((format) => format.key === key)
}

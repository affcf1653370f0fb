import type { Migration } from '../../migrate.ts'

// What a person writes with: their own formats (JSON, as `shared/document/formats/format.ts` has it), the shorthand
// that expands while they type, and the words that the spelling takes for right. Words that were added while writing
// a private note are in private.db, never here.
const up = `
CREATE TABLE formats (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) > 0),
  format TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE snippets (
  id TEXT PRIMARY KEY,
  short TEXT NOT NULL UNIQUE CHECK (length(short) > 0),
  long TEXT NOT NULL CHECK (length(long) > 0),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE spelling_words (
  word TEXT PRIMARY KEY CHECK (length(word) > 0),
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

export const pen: Migration = {
  version: 4,
  name: 'pen',
  up,
  schemaHash: 'dd4a3ea0c590395b00738d052c400a670e3d76db3e596a8e24c19a980dc047ef',
}

import type { Migration } from '../../migrate.ts'

// FTS5 knows Unicode 6.1 and takes whatever came later for letters: without these a word beside a newer emoji,
// between bidi isolates or after a newer currency sign would be part of it, and never found.
const SEPARATORS = [
  [0x61c, 0x61c],
  [0x2066, 0x2069],
  [0x20ba, 0x20cf],
  [0x23f4, 0x23ff],
  [0x2700, 0x2700],
  [0x2b4d, 0x2bff],
  [0x2e3c, 0x2e7f],
  [0x1f000, 0x1f0ff],
  [0x1f10d, 0x1f2ff],
  [0x1f300, 0x1faff],
]
  .flatMap(([from = 0, to = 0]) =>
    Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)),
  )
  .join('')

// Clients and sessions by id only: this file says nothing about who they are.
const up = `
CREATE TABLE private_notes (
  row INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL,
  plain TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The revision that the index of words holds; 0 when it holds none.
  indexed INTEGER NOT NULL
) STRICT;
CREATE INDEX private_notes_of_client ON private_notes (client_id, updated_at);
CREATE INDEX private_notes_stale ON private_notes (row) WHERE indexed < revision;

CREATE VIRTUAL TABLE private_index USING fts5 (
  plain, prefix = '2', tokenize = 'unicode61 remove_diacritics 2 separators ''${SEPARATORS}'''
);
INSERT INTO private_index (private_index, rank) VALUES ('pgsz', 3970);
INSERT INTO private_index (private_index, rank) VALUES ('secure-delete', 1);
`

export const privateRoom: Migration = {
  version: 1,
  name: 'private-room',
  up,
  schemaHash: 'ad0811e94fc5e499a678f533b5af32580d9b266aa316b53aa5fcd944a133e92e',
}

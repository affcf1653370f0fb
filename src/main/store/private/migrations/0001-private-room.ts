import type { Migration } from '../../migrate.ts'

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

CREATE VIRTUAL TABLE private_index USING fts5 (plain, prefix = '2', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO private_index (private_index, rank) VALUES ('pgsz', 3970);
INSERT INTO private_index (private_index, rank) VALUES ('secure-delete', 1);
`

export const privateRoom: Migration = {
  version: 1,
  name: 'private-room',
  up,
  schemaHash: '9795b6528d6e17a6225f834e5ce45989055bf588a9ea2f2c36109dc682377719',
}

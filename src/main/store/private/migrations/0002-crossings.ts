import type { Migration } from '../../migrate.ts'

// What crossed the wall by its author's act, either way, and with which words: later a second check asks whether
// anything private stands in what leaves, and what the author carried over is allowed. A note that was destroyed
// leaves its session and the time, and nothing of its words.
const up = `
CREATE TABLE crossings (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('to-progress', 'to-private')),
  text TEXT NOT NULL CHECK (length(text) > 0),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX crossings_of_session ON crossings (session_id, at);

CREATE TABLE destroyed_notes (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE spelling_words (
  word TEXT PRIMARY KEY CHECK (length(word) > 0),
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

export const crossings: Migration = {
  version: 2,
  name: 'crossings',
  up,
  schemaHash: 'a8501ed3c3e1f2d868f0e3dbf44b530045cbd33eb060e688f09fbd47afa5f866',
}

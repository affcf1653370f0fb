import type { Migration } from '../../migrate.ts'

// The log of what was done with the vault: codes and ids, never a word. Which codes there are is the contract's
// to say (the form alone is checked here), so that a new one needs no new table: this one is never rewritten.
const up = `
CREATE TABLE log (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (length(action) BETWEEN 3 AND 40 AND action NOT GLOB '*[^a-z-]*'),
  subject TEXT CHECK (length(subject) = 36 AND subject NOT GLOB '*[^0-9a-f-]*'),
  count INTEGER,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX log_by_action ON log (action, sequence);

-- It only grows, at its end. With recursive_triggers=ON these also see the delete inside REPLACE.
CREATE TRIGGER log_append BEFORE INSERT ON log
  WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM log)
    OR NEW.previous <> coalesce((SELECT hash FROM log ORDER BY sequence DESC LIMIT 1), '')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER log_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER log_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
`

export const log: Migration = {
  version: 2,
  name: 'log',
  up,
  schemaHash: '09acc31629243f090ad667507d99e59682c27d45ee31c2866de4e92d401b6dfb',
}

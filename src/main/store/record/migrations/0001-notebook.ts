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

// Times are epoch milliseconds UTC; ids are UUIDv7. `notes.row` is the session's start in ms times -1000 plus
// a small number, so that the index of words, read forwards, runs newest first.
const up = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) > 0),
  pronouns TEXT NOT NULL,
  birth_date TEXT,
  referral_reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE flags (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX flags_active ON flags (client_id) WHERE ended_at IS NULL;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'home-visit', 'contact')),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
  zone TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'cancelled', 'no-show')),
  line TEXT NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  written INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_time ON sessions (starts_at) WHERE removed_at IS NULL;
CREATE INDEX sessions_of_client ON sessions (client_id, starts_at) WHERE removed_at IS NULL;
CREATE INDEX sessions_unwritten ON sessions (starts_at)
  WHERE removed_at IS NULL AND written = 0 AND status = 'scheduled';

CREATE TABLE notes (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL UNIQUE REFERENCES sessions (id),
  client_id TEXT NOT NULL REFERENCES clients (id),
  template TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'sealing', 'sealed')),
  revision INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  actual_start INTEGER,
  actual_end INTEGER,
  summary TEXT NOT NULL,
  author TEXT NOT NULL,
  structured TEXT NOT NULL,
  sealing_until INTEGER,
  sealed_at INTEGER,
  late INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_of_client ON notes (client_id, row);
CREATE INDEX notes_unsealed ON notes (state) WHERE state <> 'sealed';

CREATE TABLE bodies (
  row INTEGER PRIMARY KEY REFERENCES notes (row),
  document TEXT NOT NULL,
  plain TEXT NOT NULL
) STRICT;

CREATE TABLE addenda (
  id TEXT PRIMARY KEY,
  note_id TEXT NOT NULL REFERENCES notes (id),
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX addenda_of_note ON addenda (note_id);

CREATE TABLE seals (
  client_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('note', 'addendum')),
  subject_id TEXT NOT NULL UNIQUE,
  sealed_at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (client_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX seals_by_time ON seals (sealed_at);

CREATE TABLE goals (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'met', 'dropped')),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX goals_of_client ON goals (client_id);

CREATE TABLE goal_links (
  note_id TEXT NOT NULL REFERENCES notes (id),
  goal_id TEXT NOT NULL REFERENCES goals (id),
  trend TEXT NOT NULL CHECK (trend IN ('better', 'same', 'worse')),
  at INTEGER NOT NULL,
  PRIMARY KEY (note_id, goal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_links_of_goal ON goal_links (goal_id, at);

CREATE TABLE loops (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  session_id TEXT REFERENCES sessions (id),
  kind TEXT NOT NULL CHECK (kind IN ('homework', 'plan', 'self', 'thread', 'task', 'risk')),
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_how TEXT CHECK (closed_how IN ('done', 'partly', 'not-done', 'dropped', 'moved')),
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX loops_open ON loops (client_id, created_at) WHERE closed_at IS NULL;
CREATE INDEX loops_closed ON loops (client_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX loops_of_session ON loops (session_id);

CREATE VIEW searchable AS SELECT row, plain FROM bodies;
CREATE VIRTUAL TABLE note_index USING fts5 (
  plain, content = 'searchable', content_rowid = 'row', prefix = '2 3 4',
  tokenize = 'unicode61 remove_diacritics 2 separators ''${SEPARATORS}'''
);
-- Drafts have an index of their own: taking words out of the large one rewrites a page for nearly every word.
CREATE VIRTUAL TABLE draft_index USING fts5 (
  plain, revision UNINDEXED, prefix = '2 3 4',
  tokenize = 'unicode61 remove_diacritics 2 separators ''${SEPARATORS}'''
);
-- 3970: SQLCipher reserves 80 bytes of each 4 KB page, and FTS5's default leaf would spill over.
INSERT INTO note_index (note_index, rank) VALUES ('pgsz', 3970);
INSERT INTO draft_index (draft_index, rank) VALUES ('pgsz', 3970);
-- A word taken out of a draft must be gone from the file, not merely marked.
INSERT INTO draft_index (draft_index, rank) VALUES ('secure-delete', 1);

-- A signed note is never changed (CMS: corrections are amendments). With recursive_triggers=ON these also
-- see the delete inside REPLACE; the INSERT triggers, and for UPDATE OR REPLACE the UPDATE trigger, refuse it even without that pragma.
CREATE TRIGGER notes_sealed_update BEFORE UPDATE ON notes
  WHEN OLD.state = 'sealed' OR EXISTS (SELECT 1 FROM notes WHERE state = 'sealed'
    AND (row = NEW.row OR id = NEW.id OR session_id = NEW.session_id))
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER notes_sealed_delete BEFORE DELETE ON notes WHEN OLD.state = 'sealed'
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER notes_sealed_replace BEFORE INSERT ON notes
  WHEN EXISTS (SELECT 1 FROM notes WHERE state = 'sealed'
    AND (row = NEW.row OR id = NEW.id OR session_id = NEW.session_id))
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER bodies_sealed_update BEFORE UPDATE ON bodies
  WHEN EXISTS (SELECT 1 FROM notes WHERE row IN (OLD.row, NEW.row) AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER bodies_sealed_delete BEFORE DELETE ON bodies
  WHEN EXISTS (SELECT 1 FROM notes WHERE row = OLD.row AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER bodies_sealed_replace BEFORE INSERT ON bodies
  WHEN EXISTS (SELECT 1 FROM notes WHERE row = NEW.row AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER goal_links_sealed_insert BEFORE INSERT ON goal_links
  WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.note_id AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER goal_links_sealed_update BEFORE UPDATE ON goal_links
  WHEN EXISTS (SELECT 1 FROM notes WHERE id IN (OLD.note_id, NEW.note_id) AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER goal_links_sealed_delete BEFORE DELETE ON goal_links
  WHEN EXISTS (SELECT 1 FROM notes WHERE id = OLD.note_id AND state = 'sealed')
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER addenda_update BEFORE UPDATE ON addenda BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER addenda_delete BEFORE DELETE ON addenda BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER addenda_replace BEFORE INSERT ON addenda
  WHEN EXISTS (SELECT 1 FROM addenda WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER seals_update BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER seals_delete BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
CREATE TRIGGER seals_replace BEFORE INSERT ON seals
  WHEN EXISTS (SELECT 1 FROM seals WHERE subject_id = NEW.subject_id
    OR (client_id = NEW.client_id AND sequence = NEW.sequence))
  BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
`

export const notebook: Migration = {
  version: 1,
  name: 'notebook',
  up,
  schemaHash: '8052a02ec47a6b70cee1d16dd0bb068fc3181011c134c991abb81460342f2f92',
}

import type { Migration } from '../../migrate.ts'

// Arrangements are kept in wall-clock time with their zone (`starts` '2026-01-13T15:00:00', an RFC 5545 rule, JSON
// lists of further and left-out starts); their sessions are ordinary rows of `sessions`, made ahead up to
// `made_until`. A row goes by (series, occurrence, client): a second one of the same is impossible, and one that was
// taken away stays, marked removed, so that it is not made again and what hangs on it finds it.
const up = `
CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) > 0),
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

CREATE TABLE group_members (
  group_id TEXT NOT NULL REFERENCES groups (id),
  client_id TEXT NOT NULL REFERENCES clients (id),
  PRIMARY KEY (group_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX groups_of_client ON group_members (client_id);

CREATE TABLE calendars (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  keep TEXT NOT NULL
) STRICT;

-- What a title of somebody's calendar means: a client, a group, or (both null) nobody.
CREATE TABLE title_matches (
  title TEXT PRIMARY KEY,
  client_id TEXT REFERENCES clients (id),
  group_id TEXT REFERENCES groups (id),
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'home-visit')),
  matched_at INTEGER NOT NULL,
  CHECK (client_id IS NULL OR group_id IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
  id TEXT PRIMARY KEY,
  client_id TEXT REFERENCES clients (id),
  group_id TEXT REFERENCES groups (id),
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'home-visit')),
  starts TEXT NOT NULL CHECK (length(starts) = 19),
  zone TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  rule TEXT NOT NULL,
  dates TEXT NOT NULL,
  except_dates TEXT NOT NULL,
  travel_before INTEGER NOT NULL,
  travel_after INTEGER NOT NULL,
  calendar_id TEXT REFERENCES calendars (id),
  uid TEXT,
  -- The event as it was taken (JSON), for telling what has changed; empty for one made here. Place, description
  -- and attendees are empty in it unless somebody chose to keep them.
  taken TEXT NOT NULL,
  made_until INTEGER NOT NULL,
  ended_at INTEGER,
  created_at INTEGER NOT NULL,
  CHECK ((client_id IS NULL) <> (group_id IS NULL)),
  CHECK ((calendar_id IS NULL) = (uid IS NULL))
) STRICT;
CREATE UNIQUE INDEX series_of_event ON series (calendar_id, uid) WHERE calendar_id IS NOT NULL;
CREATE INDEX series_to_make ON series (made_until) WHERE ended_at IS NULL;
CREATE INDEX series_of_group ON series (group_id) WHERE group_id IS NOT NULL;

ALTER TABLE sessions ADD COLUMN series_id TEXT REFERENCES series (id);
ALTER TABLE sessions ADD COLUMN occurrence TEXT;
ALTER TABLE sessions ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN group_id TEXT REFERENCES groups (id);
ALTER TABLE sessions ADD COLUMN group_event TEXT;
ALTER TABLE sessions ADD COLUMN travel_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN travel_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN cancelled_by TEXT CHECK (cancelled_by IN ('client', 'clinician', 'other'));
ALTER TABLE sessions ADD COLUMN told_at INTEGER;
CREATE UNIQUE INDEX sessions_of_series ON sessions (series_id, occurrence, client_id)
  WHERE series_id IS NOT NULL;
CREATE INDEX sessions_of_event ON sessions (group_event) WHERE group_event IS NOT NULL;
CREATE INDEX sessions_of_group ON sessions (group_id, starts_at) WHERE group_id IS NOT NULL;
`

export const calendar: Migration = {
  version: 3,
  name: 'calendar',
  up,
  schemaHash: 'f3afe70c5eb2aea918c0a533568e0d37380a86f5f505558730358352aefe1d06',
}

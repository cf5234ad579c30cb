-- The record of a run lies in folders of attempts: format 2. What was recorded of format 1 cannot be read any more.
DELETE FROM runs;

-- Up to where the record of a run was taken in: the latest of its attempts that counts; `events_bytes` is a byte of its log.
ALTER TABLE runs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;

DROP INDEX runs_not_completed;
CREATE INDEX runs_not_completed ON runs (id, outcome, attempt) WHERE outcome IS NOT 'completed';

-- Up to where the record of a sweep was taken in: how many files its list of runs had.
ALTER TABLE sweeps ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

-- Up to where the folder as a whole was taken in; see taken-in.ts. One row.
CREATE TABLE taken_in (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  coordinator TEXT NOT NULL,
  annotations INTEGER NOT NULL
) STRICT;

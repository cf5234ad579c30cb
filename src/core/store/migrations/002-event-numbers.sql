-- Each value knows the event that it comes from, so that a report can name it. The numbers are in the logs only: what
-- was recorded before is taken in again, by the next `sweep run` or `sweep db rebuild`.
DELETE FROM runs;

DROP TABLE epochs;
CREATE TABLE epochs (
  run_id           TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch            INTEGER NOT NULL,
  seq              INTEGER NOT NULL,
  step             INTEGER NOT NULL,
  improved         INTEGER NOT NULL,
  train_seconds    REAL NOT NULL,
  evaluate_seconds REAL NOT NULL,
  texts_per_second REAL NOT NULL,
  step_seconds     REAL NOT NULL,
  time             TEXT NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

DROP TABLE evaluations;
CREATE TABLE evaluations (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  split  TEXT NOT NULL,
  name   TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (run_id, split, name)
) STRICT, WITHOUT ROWID;

DROP TABLE samples;
CREATE TABLE samples (
  run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage       TEXT NOT NULL CHECK (stage IN ('epoch', 'final')),
  epoch       INTEGER NOT NULL,
  temperature REAL NOT NULL,
  position    INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (run_id, stage, epoch, temperature, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE runs ADD COLUMN final_seq INTEGER;
ALTER TABLE runs ADD COLUMN best_seq INTEGER;
ALTER TABLE runs ADD COLUMN test_seq INTEGER;

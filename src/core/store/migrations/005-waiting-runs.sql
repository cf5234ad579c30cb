-- A run that stands on a result which is not there yet has no configuration and so no id; `waiting_for` says why.
CREATE TABLE listed_runs (
  sweep       TEXT NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  run_id      TEXT,
  changes     TEXT NOT NULL,
  replicate   INTEGER,
  waiting_for TEXT,
  PRIMARY KEY (sweep, position),
  CHECK ((run_id IS NULL) = (waiting_for IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO listed_runs SELECT sweep, position, name, run_id, changes, replicate, NULL FROM sweep_runs;
DROP TABLE sweep_runs;
ALTER TABLE listed_runs RENAME TO sweep_runs;
CREATE INDEX sweep_runs_by_run ON sweep_runs (run_id);
CREATE INDEX sweep_runs_by_name ON sweep_runs (name);

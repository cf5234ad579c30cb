-- A cache of the folders of runs and sweeps, made to be listed and analysed. Losing it loses nothing.

CREATE TABLE sweeps (
  name             TEXT PRIMARY KEY,
  title            TEXT,
  definition_file  TEXT NOT NULL,
  definition_text  TEXT NOT NULL,
  objective_metric TEXT,
  objective_goal   TEXT CHECK (objective_goal IN ('minimize', 'maximize')),
  created_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- No reference to runs: a sweep lists its runs before they are recorded.
CREATE TABLE sweep_runs (
  sweep     TEXT NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  name      TEXT NOT NULL,
  run_id    TEXT NOT NULL,
  changes   TEXT NOT NULL,
  replicate INTEGER,
  PRIMARY KEY (sweep, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX sweep_runs_by_run ON sweep_runs (run_id);
CREATE INDEX sweep_runs_by_name ON sweep_runs (name);

-- One wide row for a run, so that listing and analysis read one table. Hyper-parameters are generated from the
-- configuration and cannot differ from it.
CREATE TABLE runs (
  id               TEXT PRIMARY KEY,
  key              TEXT NOT NULL UNIQUE,
  config           TEXT NOT NULL CHECK (json_valid(config)),
  data_fingerprint TEXT,
  parameters       INTEGER NOT NULL,
  created_at       TEXT NOT NULL,

  kind          TEXT GENERATED ALWAYS AS (config ->> '$.kind') STORED,
  source_key    TEXT GENERATED ALWAYS AS (config ->> '$.sourceKey') STORED,
  seed          INTEGER GENERATED ALWAYS AS (config ->> '$.seed') STORED,
  tokens        INTEGER GENERATED ALWAYS AS (config ->> '$.model.tokens') STORED,
  embedding     INTEGER GENERATED ALWAYS AS (config ->> '$.model.embedding') STORED,
  neurons       INTEGER GENERATED ALWAYS AS (config ->> '$.model.neurons') STORED,
  heads         INTEGER GENERATED ALWAYS AS (config ->> '$.model.heads') STORED,
  blocks        INTEGER GENERATED ALWAYS AS (config ->> '$.model.blocks') STORED,
  dropout       REAL GENERATED ALWAYS AS (config ->> '$.model.dropout') STORED,
  learning_rate REAL GENERATED ALWAYS AS (config ->> '$.train.learningRate') STORED,
  weight_decay  REAL GENERATED ALWAYS AS (config ->> '$.train.weightDecay') STORED,
  batch_size    INTEGER GENERATED ALWAYS AS (config ->> '$.train.batchSize') STORED,
  max_epochs    INTEGER GENERATED ALWAYS AS (config ->> '$.train.maxEpochs') STORED,
  patience      INTEGER GENERATED ALWAYS AS (config ->> '$.train.patience') STORED,
  data_limit    INTEGER GENERATED ALWAYS AS (config ->> '$.dataset.limit') STORED,
  data_source   TEXT GENERATED ALWAYS AS (config ->> '$.dataset.source') STORED,

  -- Course: folded from the events one by one.
  started_at         TEXT,
  ended_at           TEXT,
  attempts           INTEGER NOT NULL DEFAULT 0,
  outcome            TEXT CHECK (outcome IN ('completed', 'diverged', 'failed', 'stopped')),
  outcome_reason     TEXT,
  outcome_message    TEXT,
  outcome_epoch      INTEGER,
  total_seconds      REAL,
  earlier_seconds    REAL NOT NULL DEFAULT 0,
  attempt_started_at TEXT,
  device             TEXT,
  engine             TEXT,
  engine_version     TEXT,
  threads            INTEGER,
  micro_batch        INTEGER,
  texts_train        INTEGER,
  texts_val          INTEGER,
  texts_test         INTEGER,
  node               TEXT,
  sweep_version      TEXT,
  git_commit         TEXT,
  git_dirty          INTEGER,
  host               TEXT,
  pid                INTEGER,
  progress_epoch     INTEGER,
  progress_split     TEXT,
  progress_step      INTEGER,
  progress_steps     INTEGER,
  progress_nll       REAL,
  progress_rate      REAL,
  last_event_at      TEXT,

  -- Ingestion cursor: everything before this byte and up to this event is in the database.
  events_bytes INTEGER NOT NULL DEFAULT 0,
  last_seq     INTEGER NOT NULL DEFAULT 0,

  -- Summary: computed from the tables below after each ingestion.
  epochs           INTEGER NOT NULL DEFAULT 0,
  train_seconds    REAL,
  evaluate_seconds REAL,
  texts_per_second REAL,
  step_seconds     REAL,
  final_train_nll  REAL,
  final_train_top1 REAL,
  final_val_nll    REAL,
  final_val_top1   REAL,
  best_epoch       INTEGER,
  best_train_nll   REAL,
  best_train_top1  REAL,
  best_val_nll     REAL,
  best_val_top1    REAL,
  test_nll         REAL,
  test_top1        REAL
) STRICT;
CREATE INDEX runs_by_creation ON runs (created_at);

CREATE TABLE epochs (
  run_id           TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch            INTEGER NOT NULL,
  step             INTEGER NOT NULL,
  improved         INTEGER NOT NULL,
  train_seconds    REAL NOT NULL,
  evaluate_seconds REAL NOT NULL,
  texts_per_second REAL NOT NULL,
  step_seconds     REAL NOT NULL,
  time             TEXT NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

-- One row for each value, so that a trainer may report metrics of any name. A curve lies in one piece.
CREATE TABLE metrics (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  split  TEXT NOT NULL,
  name   TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (run_id, split, name, epoch)
) STRICT, WITHOUT ROWID;

-- Scores of the best checkpoint at the end.
CREATE TABLE evaluations (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  split  TEXT NOT NULL,
  name   TEXT NOT NULL,
  epoch  INTEGER NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (run_id, split, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE samples (
  run_id      TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage       TEXT NOT NULL CHECK (stage IN ('epoch', 'final')),
  epoch       INTEGER NOT NULL,
  temperature REAL NOT NULL,
  position    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (run_id, stage, epoch, temperature, position)
) STRICT, WITHOUT ROWID;

-- The files that are in the run's folder now: a newer checkpoint replaces the one of the same kind.
CREATE TABLE checkpoints (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind   TEXT NOT NULL CHECK (kind IN ('last', 'best')),
  epoch  INTEGER NOT NULL,
  file   TEXT NOT NULL,
  bytes  INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  time   TEXT NOT NULL,
  PRIMARY KEY (run_id, kind)
) STRICT, WITHOUT ROWID;

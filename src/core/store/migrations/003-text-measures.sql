-- What paired comparisons, baselines and sampled texts are judged by; runs of earlier versions have none of it.

-- NLL of each text of a split at the best checkpoint, in the order of the split: little-endian 32-bit floats.
CREATE TABLE text_scores (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  split  TEXT NOT NULL,
  nll    BLOB NOT NULL,
  PRIMARY KEY (run_id, split)
) STRICT, WITHOUT ROWID;

-- Scores of models of counted characters on the texts of the run.
CREATE TABLE baselines (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  model  TEXT NOT NULL,
  split  TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  nll    REAL NOT NULL,
  top1   REAL NOT NULL,
  PRIMARY KEY (run_id, model, split)
) STRICT, WITHOUT ROWID;

-- One row for each set of sampled texts.
CREATE TABLE sample_measures (
  run_id             TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage              TEXT NOT NULL CHECK (stage IN ('epoch', 'final')),
  epoch              INTEGER NOT NULL,
  temperature        REAL NOT NULL,
  seq                INTEGER NOT NULL,
  known_words        REAL,
  copied_texts       REAL,
  trigram_divergence REAL,
  entropy            REAL NOT NULL,
  PRIMARY KEY (run_id, stage, epoch, temperature)
) STRICT, WITHOUT ROWID;

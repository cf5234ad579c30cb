-- What people wrote on a run, from its annotations.json.
ALTER TABLE runs ADD COLUMN note TEXT;
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

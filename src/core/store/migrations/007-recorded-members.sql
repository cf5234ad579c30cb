-- Whether a listed run is recorded, written down when either is, so that counting the runs of every sweep need not look
-- up each of a million members among the runs.
ALTER TABLE sweep_runs ADD COLUMN is_recorded INTEGER NOT NULL DEFAULT 0;
UPDATE sweep_runs SET is_recorded = 1 WHERE run_id IN (SELECT id FROM runs);
CREATE INDEX sweep_runs_not_recorded ON sweep_runs (sweep, run_id) WHERE is_recorded = 0 AND run_id IS NOT NULL;

CREATE TRIGGER member_recorded AFTER INSERT ON runs BEGIN
  UPDATE sweep_runs SET is_recorded = 1 WHERE run_id = new.id AND is_recorded = 0;
END;
CREATE TRIGGER member_forgotten AFTER DELETE ON runs BEGIN
  UPDATE sweep_runs SET is_recorded = 0 WHERE run_id = old.id AND is_recorded = 1;
END;

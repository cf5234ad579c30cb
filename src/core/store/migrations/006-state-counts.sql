-- To count the runs of every sweep by their states without a look at the wide row of each: nearly all are completed, so
-- these are what is left of the members when the others are taken away.
CREATE INDEX runs_not_completed ON runs (id, outcome, attempts) WHERE outcome IS NOT 'completed';
CREATE INDEX sweep_runs_members ON sweep_runs (sweep, run_id);

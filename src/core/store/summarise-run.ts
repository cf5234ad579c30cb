/** The summary columns of a run, each with what it is computed from: `totals` and `best` below, and the tables. */
const COLUMNS: Readonly<Record<string, string>> = {
  epochs: 'totals.epochs',
  train_seconds: 'totals.train_seconds',
  evaluate_seconds: 'totals.evaluate_seconds',
  texts_per_second: 'totals.texts_per_second',
  step_seconds: 'totals.step_seconds',
  final_seq: seqAt('totals.last_epoch'),
  final_train_nll: scoreAt('train', 'nll', 'totals.last_epoch'),
  final_train_top1: scoreAt('train', 'top1', 'totals.last_epoch'),
  final_val_nll: scoreAt('val', 'nll', 'totals.last_epoch'),
  final_val_top1: scoreAt('val', 'top1', 'totals.last_epoch'),
  best_epoch: 'best.epoch',
  best_seq: seqAt('best.epoch'),
  best_train_nll: scoreAt('train', 'nll', 'best.epoch'),
  best_train_top1: scoreAt('train', 'top1', 'best.epoch'),
  best_val_nll: scoreAt('val', 'nll', 'best.epoch'),
  best_val_top1: scoreAt('val', 'top1', 'best.epoch'),
  test_nll: testScore('value', 'nll'),
  test_top1: testScore('value', 'top1'),
  test_seq: testScore('seq', 'nll'),
};

/**
 * Assigns the summary columns of the run `@id`, in an `UPDATE runs SET`.
 *
 * They are computed from the other tables and never added up, so they are the same however the events arrive.
 */
export const ASSIGN_SUMMARY = `
  (${Object.keys(COLUMNS).join(', ')}) = (
    WITH
      totals AS MATERIALIZED (
        SELECT
          count(*) AS epochs,
          sum(train_seconds) AS train_seconds,
          sum(evaluate_seconds) AS evaluate_seconds,
          avg(texts_per_second) AS texts_per_second,
          avg(step_seconds) AS step_seconds,
          max(epoch) AS last_epoch
        FROM epochs WHERE run_id = @id),
      best AS MATERIALIZED (
        SELECT (
          SELECT epoch FROM metrics WHERE run_id = @id AND split = 'val' AND name = 'nll'
          ORDER BY value, epoch LIMIT 1) AS epoch)
    SELECT ${Object.values(COLUMNS).join(', ')} FROM totals, best)`;

function scoreAt(split: string, name: string, epoch: string): string {
  return `(SELECT value FROM metrics
    WHERE run_id = @id AND split = '${split}' AND name = '${name}' AND metrics.epoch = ${epoch})`;
}

function seqAt(epoch: string): string {
  return `(SELECT seq FROM epochs WHERE run_id = @id AND epochs.epoch = ${epoch})`;
}

function testScore(column: 'value' | 'seq', name: string): string {
  return `(SELECT ${column} FROM evaluations WHERE run_id = @id AND split = 'test' AND name = '${name}')`;
}

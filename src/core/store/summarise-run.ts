import type { SweepDatabase } from './database.js';

/**
 * Prepares the update of a run's summary columns.
 *
 * They are computed from the other tables and never added up, so they are the same however the events arrive.
 */
export function createSummariseRun(db: SweepDatabase): (runId: string) => void {
  const fromEpochs = db.prepare(`
    UPDATE runs SET
      (epochs, train_seconds, evaluate_seconds, texts_per_second, step_seconds) = (
        SELECT count(*), sum(train_seconds), sum(evaluate_seconds), avg(texts_per_second), avg(step_seconds)
        FROM epochs WHERE run_id = @runId),
      best_epoch = (
        SELECT epoch FROM metrics WHERE run_id = @runId AND split = 'val' AND name = 'nll'
        ORDER BY value, epoch LIMIT 1),
      test_nll = (
        SELECT value FROM evaluations WHERE run_id = @runId AND split = 'test' AND name = 'nll'),
      test_top1 = (
        SELECT value FROM evaluations WHERE run_id = @runId AND split = 'test' AND name = 'top1'),
      test_seq = (
        SELECT seq FROM evaluations WHERE run_id = @runId AND split = 'test' AND name = 'nll')
    WHERE id = @runId`);
  const lastEpoch = '(SELECT max(epoch) FROM epochs WHERE run_id = @runId)';
  const fromMetrics = db.prepare(`
    UPDATE runs SET
      final_seq = ${seqAt(lastEpoch)},
      best_seq = ${seqAt('best_epoch')},
      final_train_nll = ${scoreAt('train', 'nll', lastEpoch)},
      final_train_top1 = ${scoreAt('train', 'top1', lastEpoch)},
      final_val_nll = ${scoreAt('val', 'nll', lastEpoch)},
      final_val_top1 = ${scoreAt('val', 'top1', lastEpoch)},
      best_train_nll = ${scoreAt('train', 'nll', 'best_epoch')},
      best_train_top1 = ${scoreAt('train', 'top1', 'best_epoch')},
      best_val_nll = ${scoreAt('val', 'nll', 'best_epoch')},
      best_val_top1 = ${scoreAt('val', 'top1', 'best_epoch')}
    WHERE id = @runId`);
  return (runId) => {
    fromEpochs.run({ runId });
    // After the first: it reads the best epoch.
    fromMetrics.run({ runId });
  };
}

function scoreAt(split: string, name: string, epoch: string): string {
  return `(SELECT value FROM metrics
    WHERE run_id = @runId AND split = '${split}' AND name = '${name}' AND metrics.epoch = ${epoch})`;
}

function seqAt(epoch: string): string {
  return `(SELECT seq FROM epochs WHERE run_id = @runId AND epochs.epoch = ${epoch})`;
}

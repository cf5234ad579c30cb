import type { Statement } from 'better-sqlite3';
import type { RunEvent } from '../run-folder/event.js';
import type { SweepDatabase } from './database.js';
import type { EventGroup } from './event-groups.js';

/**
 * Writes the rows of an event, or of several epochs that follow each other; what belongs to the row of the run itself is
 * in run-course.ts.
 *
 * @param lastSeq number of the run's last event that was applied; 0 when there is none
 */
export type ApplyEvents = (runId: string, group: EventGroup, lastSeq: number) => void;

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** Prepares the statements once. Call the result inside a transaction. */
export function createApplyEvents(db: SweepDatabase): ApplyEvents {
  const clearFrom = createClearFrom(db);
  const addEpochs = createAddEpochs(db);
  const addSamples = createAddSamples(db);
  const addCheckpoint = db.prepare(
    'INSERT OR REPLACE INTO checkpoints (run_id, kind, epoch, file, bytes, sha256, time) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const addEvaluation = db.prepare(
    'INSERT OR REPLACE INTO evaluations (run_id, split, name, seq, epoch, value) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addBaseline = db.prepare(
    'INSERT OR REPLACE INTO baselines (run_id, model, split, seq, nll, top1) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addTextScores = db.prepare(
    'INSERT OR REPLACE INTO text_scores (run_id, split, nll) VALUES (?, ?, ?)',
  );
  return (runId, group, lastSeq) => {
    if (group.type === 'epochs') {
      addEpochs(runId, group.epochs);
      return;
    }
    const { event } = group;
    switch (event.type) {
      case 'started':
        if (lastSeq > 0) clearFrom(runId, event.fromEpoch); // before the first event there are no rows
        break;
      case 'checkpoint': {
        const { kind, epoch, file, bytes, sha256, time } = event;
        addCheckpoint.run(runId, kind, epoch, file, bytes, sha256, time);
        break;
      }
      case 'samples':
        addSamples(runId, event);
        break;
      case 'evaluated':
        addEvaluation.run(runId, event.split, 'nll', event.seq, event.epoch, event.nll);
        addEvaluation.run(runId, event.split, 'top1', event.seq, event.epoch, event.top1);
        if (event.textNll !== undefined)
          addTextScores.run(runId, event.split, Buffer.from(event.textNll, 'base64'));
        break;
      case 'baselines':
        for (const { name, val, test } of event.models) {
          addBaseline.run(runId, name, 'val', event.seq, val.nll, val.top1);
          addBaseline.run(runId, name, 'test', event.seq, test.nll, test.top1);
        }
        break;
      case 'progress':
      case 'completed':
      case 'diverged':
      case 'failed':
      case 'stopped':
        break;
    }
  };
}

/** An attempt reports its epochs from `fromEpoch` on, and the end, again. */
function createClearFrom(db: SweepDatabase): (runId: string, fromEpoch: number) => void {
  const byEpoch = [
    'DELETE FROM metrics WHERE run_id = ? AND epoch >= ?',
    'DELETE FROM epochs WHERE run_id = ? AND epoch >= ?',
    'DELETE FROM checkpoints WHERE run_id = ? AND epoch >= ?',
    "DELETE FROM samples WHERE run_id = ? AND stage = 'epoch' AND epoch >= ?",
    "DELETE FROM sample_measures WHERE run_id = ? AND stage = 'epoch' AND epoch >= ?",
  ].map((sql) => db.prepare(sql));
  const atTheEnd = [
    "DELETE FROM samples WHERE run_id = ? AND stage = 'final'",
    "DELETE FROM sample_measures WHERE run_id = ? AND stage = 'final'",
    'DELETE FROM evaluations WHERE run_id = ?',
    'DELETE FROM text_scores WHERE run_id = ?',
    'DELETE FROM baselines WHERE run_id = ?',
  ].map((sql) => db.prepare(sql));
  return (runId, fromEpoch) => {
    for (const statement of byEpoch) statement.run(runId, fromEpoch);
    for (const statement of atTheEnd) statement.run(runId);
  };
}

/** Epochs that are written with one statement: most of the time of a row is the call. The rest goes in smaller ones. */
const AT_ONCE = [250, 25, 5, 1];

interface EpochStatements {
  readonly add: Statement;
  readonly addMetrics: Statement;
}

function createAddEpochs(
  db: SweepDatabase,
): (runId: string, epochs: readonly EventOf<'epoch'>[]) => void {
  const byCount = new Map<number, EpochStatements>();
  /** Prepared when they are needed: a long one takes some milliseconds, and most recorders never see so many epochs. */
  const statementsFor = (count: number): EpochStatements => {
    const statements = byCount.get(count) ?? {
      add: db.prepare(insertEpochs(count)),
      addMetrics: db.prepare(insertMetrics(count)),
    };
    byCount.set(count, statements);
    return statements;
  };
  return (runId, epochs) => {
    let done = 0;
    for (const count of AT_ONCE)
      for (; epochs.length - done >= count; done += count) {
        const some = epochs.slice(done, done + count);
        const { add, addMetrics } = statementsFor(count);
        add.run({ runId }, epochValues(some));
        addMetrics.run({ runId }, metricValues(some));
      }
  };
}

function insertEpochs(count: number): string {
  const row = '(@runId, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
  return `INSERT OR REPLACE INTO epochs
    (run_id, epoch, seq, step, improved, train_seconds, evaluate_seconds, texts_per_second, step_seconds, time)
    VALUES ${repeated(row, count)}`;
}

function epochValues(events: readonly EventOf<'epoch'>[]): (number | string)[] {
  const values: (number | string)[] = [];
  for (const event of events) {
    values.push(event.epoch, event.seq, event.step, event.improved ? 1 : 0);
    values.push(event.trainSeconds, event.evaluateSeconds, event.textsPerSecond);
    values.push(event.stepSeconds, event.time);
  }
  return values;
}

/** In the order of the key, so that each row follows the one before it: first by these, then by epoch. */
const METRICS = [
  { key: "'train', 'nll'", valueOf: ({ train }: EventOf<'epoch'>) => train.nll },
  { key: "'train', 'top1'", valueOf: ({ train }: EventOf<'epoch'>) => train.top1 },
  { key: "'val', 'nll'", valueOf: ({ val }: EventOf<'epoch'>) => val.nll },
  { key: "'val', 'top1'", valueOf: ({ val }: EventOf<'epoch'>) => val.top1 },
] as const;

function insertMetrics(count: number): string {
  const rows = METRICS.map(({ key }) => repeated(`(@runId, ${key}, ?, ?)`, count));
  return `INSERT OR REPLACE INTO metrics (run_id, split, name, epoch, value) VALUES ${rows.join(', ')}`;
}

function metricValues(events: readonly EventOf<'epoch'>[]): number[] {
  const values: number[] = [];
  for (const { valueOf } of METRICS)
    for (const event of events) values.push(event.epoch, valueOf(event));
  return values;
}

function repeated(row: string, count: number): string {
  return Array.from({ length: count }, () => row).join(', ');
}

function createAddSamples(db: SweepDatabase): (runId: string, event: EventOf<'samples'>) => void {
  const clear = db.prepare(
    'DELETE FROM samples WHERE run_id = ? AND stage = ? AND epoch = ? AND temperature = ?',
  );
  const add = db.prepare(
    'INSERT INTO samples (run_id, stage, epoch, temperature, position, seq, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const clearMeasures = db.prepare(
    'DELETE FROM sample_measures WHERE run_id = ? AND stage = ? AND epoch = ? AND temperature = ?',
  );
  const addMeasures = db.prepare(`
    INSERT INTO sample_measures
      (run_id, stage, epoch, temperature, seq, known_words, copied_texts, trigram_divergence, entropy)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (runId, { seq, stage, epoch, temperature, texts, measures }) => {
    // A set of texts is replaced as a whole: the new one may be smaller, or without measures.
    clear.run(runId, stage, epoch, temperature);
    clearMeasures.run(runId, stage, epoch, temperature);
    if (measures !== undefined) {
      const { knownWords, copiedTexts, trigramDivergence, entropy } = measures;
      const values = [knownWords, copiedTexts, trigramDivergence, entropy];
      addMeasures.run(runId, stage, epoch, temperature, seq, ...values);
    }
    for (const [position, text] of texts.entries()) {
      add.run(runId, stage, epoch, temperature, position, seq, text);
    }
  };
}

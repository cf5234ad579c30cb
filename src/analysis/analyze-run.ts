import type { SweepDatabase } from '../core/store/database.js';
import { baselineScores, type EpochRow } from '../core/store/metric-queries.js';
import { runId } from '../core/config/run-key.js';
import { runsByIds } from '../core/store/run-queries.js';
import type { RunRow } from '../core/store/run-row.js';
import { diagnose } from './diagnosis.js';
import { nllPerCharacter } from './nll-per-character.js';
import { analyzeSamples } from './sample-analysis.js';
import type { EpochCorrelation } from './statistics/epoch-correlation.js';
import type { AnalysisState, RunAnalysis, SampleSource, Scores } from './sweep-analysis.js';

/** What is known of a run only beside the others of its sweep. */
export interface AmongOthers {
  readonly rank: number | null;
  /** Null for a run that only samples. */
  readonly correlation: EpochCorrelation | null;
  readonly epochs: readonly EpochRow[];
}

/** One run's scores and course, straight from the database. */
export function analyzeRun(
  db: SweepDatabase,
  run: RunRow,
  { rank, correlation, epochs }: AmongOthers,
): RunAnalysis {
  const { tokens } = run;
  const final = { tokens, seq: run.finalSeq, epoch: run.epochs > 0 ? run.epochs - 1 : null };
  return {
    id: run.id,
    name: run.name,
    kind: run.kind,
    state: stateOf(run),
    reason: run.outcomeMessage ?? run.outcomeReason,
    rank,
    parameters: run.parameters,
    seed: run.seed,
    changes: run.changes,
    epochs: run.epochs,
    bestEpoch: run.bestEpoch,
    final: {
      train: scores(run.finalTrainNll, run.finalTrainTop1, final),
      val: scores(run.finalValNll, run.finalValTop1, final),
    },
    best: bestScores(run),
    correlation,
    diagnosis: diagnose({ epochs, divergedAt: divergedAt(run), unigramNll: unigramNll(db, run) }),
    samples: analyzeSamples(db, run.id),
    seconds: run.totalSeconds,
    device: run.device,
    source: run.sourceKey === null ? null : findSource(db, run.sourceKey),
    temperatures: run.config.sample.temperatures,
  };
}

function divergedAt(run: RunRow): number | null {
  return run.outcome === 'diverged' ? run.outcomeEpoch : null;
}

function unigramNll(db: SweepDatabase, run: RunRow): number | null {
  const scores = baselineScores(db, run.id);
  return scores.find(({ model, split }) => model === 'unigram' && split === 'val')?.nll ?? null;
}

function stateOf(run: RunRow): AnalysisState {
  return run.outcome ?? (run.startedAt === null ? 'planned' : 'unfinished');
}

function bestScores(run: RunRow): RunAnalysis['best'] {
  const best = { tokens: run.tokens, seq: run.bestSeq, epoch: run.bestEpoch };
  return {
    train: scores(run.bestTrainNll, run.bestTrainTop1, best),
    val: scores(run.bestValNll, run.bestValTop1, best),
    test: scores(run.testNll, run.testTop1, { ...best, seq: run.testSeq }),
  };
}

function scores(
  nll: number | null,
  top1: number | null,
  { tokens, ...event }: Pick<Scores, 'seq' | 'epoch'> & { readonly tokens: number },
): Scores | null {
  if (nll === null || top1 === null) return null;
  return { nll, nllPerCharacter: nllPerCharacter(nll, tokens), top1, ...event };
}

function findSource(db: SweepDatabase, key: string): SampleSource {
  const id = runId(key);
  const source = runsByIds(db, [id])[0];
  if (source === undefined)
    return { key, id, name: null, sweep: null, parameters: null, best: { val: null, test: null } };
  const { name, appearances, parameters } = source;
  const { val, test } = bestScores(source);
  return { key, id, name, sweep: appearances[0]?.sweep ?? null, parameters, best: { val, test } };
}

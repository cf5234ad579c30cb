import { loadSection, type SectionData } from '../../src/analysis/report/section-data.js';
import type { NewRunEvent } from '../../src/core/run-folder/event.js';
import { epoch, exampleRunWith, inRecordedSweep, started } from '../core/store/example-runs.js';

/** A run of these fields that completes with this validation NLL; one that is stopped for `isStopped`. */
export interface GridRun {
  readonly embedding?: number;
  readonly learningRate?: number;
  readonly tokens?: number;
  readonly seed?: number;
  readonly nll: number;
  readonly isStopped?: boolean;
}

/** The section of a sweep `grid` of such runs. */
export function gridSection(runs: readonly GridRun[]): SectionData {
  const recorded = runs.map((run) => ({
    file: exampleRunWith(run),
    events: [started(), epoch(0, run.nll), endOf(run)],
  }));
  return inRecordedSweep('grid', recorded, (db) => loadSection(db, 'grid'));
}

/** A full grid of 3 widths and 2 learning rates: NLL = 100 − 10 · (width step) + 4 for the lower rate. */
export const FULL_GRID: readonly GridRun[] = [8, 16, 24].flatMap((embedding, step) =>
  [1e-3, 1e-4].map((learningRate, low) => ({
    embedding,
    learningRate,
    nll: 100 - 10 * step + 4 * low,
  })),
);

/** {@link FULL_GRID} at two lengths of text, which add 1 for the longer: twelve configurations of three keys. */
export const THREE_KEYS: readonly GridRun[] = [20, 40].flatMap((tokens, long) =>
  FULL_GRID.map((run) => ({ ...run, tokens, nll: run.nll + long })),
);

function endOf({ isStopped = false }: GridRun): NewRunEvent {
  return isStopped
    ? { type: 'stopped', reason: 'asked' }
    : { type: 'completed', reason: 'max-epochs', seconds: 1 };
}

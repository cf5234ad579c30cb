import { type Diagnostic, quoteValue, SweepError } from '../errors.js';
import type { Actual } from '../run-folder/event.js';
import type { RunFile } from '../run-folder/run-file.js';

/**
 * Compares what a worker really uses with what was planned.
 *
 * @throws SweepError `plan-mismatch` with every field that differs
 */
export function checkActual(run: RunFile, actual: Actual): void {
  const { config } = run;
  const planned = {
    parameters: run.parameters,
    dataFingerprint: run.dataFingerprint,
    optimizer: config.kind === 'train' ? config.train.optimizer : null,
  };
  const diagnostics: Diagnostic[] = [];
  for (const field of ['parameters', 'dataFingerprint', 'optimizer'] as const) {
    if (planned[field] === actual[field]) continue;
    diagnostics.push({
      where: `run ${run.id}`,
      message: `${field} must be as planned, ${quoteValue(planned[field])} (got ${quoteValue(actual[field])})`,
      fix:
        field === 'dataFingerprint'
          ? 'The data changed after planning: start the sweep again, and it becomes a new run.'
          : 'The plan is from another version of sweep: start the sweep again.',
    });
  }
  if (diagnostics.length > 0) throw new SweepError('plan-mismatch', diagnostics);
}

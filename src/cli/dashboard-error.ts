import { formatDiagnostic, SweepError } from '../core/errors.js';
import { storageProblem } from '../core/run-folder/storage-problem.js';
import { databaseError, isSqliteError } from '../core/store/database-errors.js';
import { plainLines } from './plain-text.js';

/** What ended the dashboard, in words; of a bug the place as well, which is what a report of it needs. */
export function describeDashboardError(error: unknown): string {
  const known = isSqliteError(error) ? databaseError('sweep.db', error) : storageProblem(error);
  const problem = known ?? error;
  if (problem instanceof SweepError)
    return plainLines(problem.diagnostics.map(formatDiagnostic).join('\n'));
  if (!(problem instanceof Error)) return `This is a bug in sweep: ${String(problem)}`;
  const place = /^\s*(at .*)$/m.exec(problem.stack ?? '')?.[1];
  const where = place === undefined ? '' : ` (${place})`;
  return plainLines(
    `This is a bug in sweep, please report it: ${problem.name}: ${problem.message}${where}`,
  );
}

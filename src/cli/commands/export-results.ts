import { existsSync, readdirSync, statSync } from 'node:fs';
import { exportResults, type ResultFormat } from '../../analysis/export/export-results.js';
import { messageOf, SweepError } from '../../core/errors.js';
import { storageProblem } from '../../core/run-folder/storage-problem.js';
import type { SweepDatabase } from '../../core/store/database.js';
import { isSqliteError } from '../../core/store/database-errors.js';
import type { ExportScope } from '../../core/store/export-queries.js';
import { listSweeps } from '../../core/store/sweep-queries.js';
import { findTarget } from '../find-target.js';
import { withStore } from '../open-store.js';
import type { ResultsOptions } from '../results.js';
import { createStatusLine, print } from '../output.js';

/** Options of `sweep export` where results are written. */
export interface ExportResultsOptions extends ResultsOptions {
  readonly to: ResultFormat;
  /** File of json, folder of the others. @default after the target and the format, in the current folder */
  readonly out?: string | undefined;
  readonly force?: true | undefined;
}

/**
 * `sweep export SWEEP|RUN --to csv|json|parquet|tensorboard`: writes what is recorded, whole or not at all, and prints
 * where.
 *
 * @throws SweepError `bad-call` for an unknown name, or a place that is taken or cannot be written
 */
export function runExportResults(target: string, options: ExportResultsOptions): void {
  withStore(options, ({ db }) => {
    const scope = findScope(db, target);
    const out = options.out ?? defaultOut(scope, options.to);
    if (options.force !== true) refuseTaken(out);
    const status = createStatusLine();
    const what = options.to === 'tensorboard' ? 'events' : 'rows';
    const onProgress = (count: number): void => {
      status.update(`Writing ${out}: ${count} ${what}`);
    };
    try {
      exportResults(db, { scope, format: options.to, out, onProgress });
    } catch (error) {
      throw asWriteError(out, error);
    } finally {
      status.clear();
    }
    print(out);
  });
}

function findScope(db: SweepDatabase, target: string): ExportScope {
  if (listSweeps(db).some(({ name }) => name === target)) return { kind: 'sweep', sweep: target };
  const [run] = findTarget(db, target).runs;
  if (run === undefined) throw new Error(`${target} is a run`);
  return { kind: 'run', id: run.id, name: run.name };
}

function defaultOut(scope: ExportScope, format: ResultFormat): string {
  const name = scope.kind === 'sweep' ? scope.sweep : scope.id;
  return format === 'json' ? `${name}.json` : `${name}-${format}`;
}

/** An empty folder is free. */
function refuseTaken(out: string): void {
  if (!existsSync(out)) return;
  const isFolder = statSync(out).isDirectory();
  if (isFolder && readdirSync(out).length === 0) return;
  throw new SweepError('bad-call', {
    where: out,
    message: `the ${isFolder ? 'folder' : 'file'} exists already`,
    fix: isFolder
      ? 'Give another name with --out, or --force to replace files of the same names in it.'
      : 'Give another name with --out, or --force to overwrite it.',
  });
}

/** An error of the file system as one about the place that was to be written; others stay what they are. */
function asWriteError(out: string, error: unknown): unknown {
  const isSystemError = error instanceof Error && 'syscall' in error;
  if (error instanceof SweepError || isSqliteError(error) || !isSystemError) return error;
  const fix = storageProblem(error)?.diagnostics[0]?.fix ?? 'Name another place with --out.';
  return new SweepError(
    'bad-call',
    { where: out, message: `the export cannot be written: ${messageOf(error)}`, fix },
    { cause: error },
  );
}

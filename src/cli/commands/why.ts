import { pc } from '../colors.js';
import { quoteValue } from '../../core/errors.js';
import { findRun } from '../../core/store/run-queries.js';
import { findNearestRun, type NearestRun } from '../../sweeps/plan/why.js';
import { withStore } from '../open-store.js';
import { print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { formatTable } from '../table.js';
import { planFile, type PlanFileOptions } from '../plan-file.js';

/** Options of `sweep why`. */
export interface WhyOptions extends PlanFileOptions {
  readonly json?: true | undefined;
}

/**
 * `sweep why RUN FILE`: which fields make a run a different one from those of a definition.
 *
 * @throws SweepError `bad-call` for a run that is unknown, `bad-definition` for a definition that is wrong
 */
export async function runWhy(text: string, file: string, options: WhyOptions): Promise<void> {
  const run = withStore(options, ({ db }) => findRun(db, text));
  const plan = await planFile(file, options);
  const nearest = findNearestRun(run.config, run.dataFingerprint, plan);
  if (options.json === true) printJson(whyJson(run.id, nearest));
  else print(formatWhy(run.id, file, nearest));
}

function whyJson(id: string, nearest: NearestRun | undefined): object {
  return {
    version: 1,
    kind: 'why',
    run: id,
    nearest:
      nearest === undefined
        ? null
        : { sweep: nearest.sweep, name: nearest.run.name, id: nearest.run.id },
    same: nearest !== undefined && nearest.run.id === id,
    differences: Object.entries(nearest?.differences ?? {}).map(([field, [left, right]]) => ({
      field,
      run: left ?? null,
      definition: right ?? null,
    })),
  };
}

/** The answer for the terminal. */
export function formatWhy(id: string, file: string, nearest: NearestRun | undefined): string {
  if (nearest === undefined)
    return `All runs of ${file} wait for results: there is nothing to compare ${id} with yet.`;
  const { sweep, run, differences } = nearest;
  const name = `${plainText(run.name)} of ${plainText(sweep)} (${run.id})`;
  const fields = Object.entries(differences);
  if (fields.length === 0) return `${id} is the run ${name}: nothing differs.`;
  const rows = fields.map(([field, [left, right]]) => [field, show(left), show(right)]);
  const columns = [{ title: 'field' }, { title: id }, { title: run.id }];
  return `${pc.bold(id)} differs from the nearest run, ${name}, in:\n\n${formatTable(columns, rows)}`;
}

function show(value: unknown): string {
  return value === undefined ? '–' : plainText(quoteValue(value));
}

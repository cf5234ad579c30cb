import { compareRuns, type RunComparison } from '../../analysis/compare/compare-runs.js';
import {
  formatBounds,
  formatByUncertainty,
  formatNll,
  NO_VALUE,
} from '../../analysis/tables/format.js';
import { formatCount, withCommas } from '../counts.js';
import { halfWidth } from '../../analysis/tables/uncertainty.js';
import { settingText } from '../../core/config/setting-text.js';
import { SweepError } from '../../core/errors.js';
import { pc } from '../colors.js';
import { letterOf, printCurves } from '../compared-curves.js';
import { withStore } from '../open-store.js';
import { print, printJson } from '../output.js';
import { plainText, shortText } from '../plain-text.js';
import { runJson, type RunJson } from '../run-json.js';
import { formatTable, type TerminalColumn } from '../table.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep compare`. */
export interface CompareOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** A letter signs each run's curve. */
const MOST_RUNS = 26;
/** Texts shown of each temperature; `--json` has them all. */
const SHOWN_TEXTS = 5;
/** Where output is no terminal. */
const USUAL_WIDTH = 100;

/**
 * `sweep compare RUN RUN...`: what differs in their configurations, their numbers, curves and texts side by side.
 *
 * @throws SweepError `bad-call` for fewer than two runs, or a run that is unknown or ambiguous
 */
export async function runCompare(names: readonly string[], options: CompareOptions): Promise<void> {
  refuseCount(names.length);
  const { comparison, runs } = withStore(options, ({ db, paths }) => {
    const found = compareRuns(db, names);
    return { comparison: found, runs: found.runs.map(({ row }) => runJson(row, paths)) };
  });
  if (options.json === true) printJson(comparisonJson(comparison, runs));
  else {
    const width = process.stdout.isTTY ? process.stdout.columns : USUAL_WIDTH;
    await printComparison(comparison, runs, width);
  }
}

function refuseCount(count: number): void {
  if (count >= 2 && count <= MOST_RUNS) return;
  throw new SweepError('bad-call', {
    message: `compare takes 2 to ${MOST_RUNS} runs (got ${count})`,
    fix: 'npx sweep show RUN shows one; npx sweep analyze SWEEP ranks all runs of a sweep.',
  });
}

/** See docs/json.md. */
function comparisonJson(
  { runs: compared, configuration, metrics, texts, samples }: RunComparison,
  runs: readonly RunJson[],
): object {
  return {
    version: 1,
    kind: 'comparison',
    runs,
    configuration,
    metrics: metrics.map(({ name, values, best }) => ({ name, values, best })),
    comparison: texts,
    curves: compared.map(({ row, epochs }) => ({ runId: row.id, epochs })),
    samples,
  };
}

async function printComparison(
  comparison: RunComparison,
  runs: readonly RunJson[],
  width: number,
): Promise<void> {
  const { configuration, metrics, samples } = comparison;
  const labels = comparison.runs.map(({ label }) => plainText(label));
  const columns: TerminalColumn[] = labels.map((label, index) => ({
    title: `${letterOf(index)} ${label}`,
    align: 'right',
  }));
  const rows = (title: string, lines: readonly (readonly string[])[]): void => {
    print(formatTable([{ title }, ...columns], lines));
  };
  rows('Runs', [
    ['id', ...runs.map(({ id }) => id)],
    ['state', ...runs.map(({ state }) => state)],
    ['device', ...runs.map(({ device }) => device ?? NO_VALUE)],
    ...metrics.map(({ name, values, best, format }) => [
      name,
      ...values.map((value, index) => {
        const text = value === null ? NO_VALUE : withCommas(format(value));
        return best.includes(index) ? pc.bold(`*${text}`) : text;
      }),
    ]),
  ]);
  print(pc.dim('* the best; NLL in nats per text'));
  printTexts(comparison);
  print('');
  if (configuration.length === 0) print('The configurations are the same.');
  else
    rows(
      'Differs',
      configuration.map(({ field, values }) => [
        field,
        ...values.map((value) => fieldText(field, value)),
      ]),
    );
  await printCurves(comparison.runs, width);
  for (const { temperature, texts } of samples) {
    print(`\n${pc.bold(`Texts at temperature ${temperature}`)}`);
    print(sideBySide(labels, texts, width));
  }
}

/** What the test texts can tell of the runs. */
function printTexts({ runs, texts }: RunComparison): void {
  if (texts === null) return;
  const nameOf = (id: string): string =>
    plainText(runs.find(({ row }) => row.id === id)?.label ?? id);
  for (const { id, n, difference, interval, isTied } of texts.runs) {
    const shown = formatByUncertainty(difference, halfWidth(interval), formatNll);
    print(
      `${nameOf(id)} − ${nameOf(texts.reference.id)}: test NLL ${shown} over ${formatCount(n)} texts, ` +
        `95% interval ${formatBounds(interval, formatNll)} (paired bootstrap): ${isTied ? 'tied' : 'told apart'}`,
    );
  }
}

function fieldText(field: string, value: unknown): string {
  return value === undefined ? NO_VALUE : plainText(settingText(field, value));
}

/** The first texts of each run in columns of equal width. */
function sideBySide(
  labels: readonly string[],
  texts: readonly (readonly string[] | null)[],
  width: number,
): string {
  const room = Math.max(12, Math.floor(width / labels.length) - 2);
  const columns = labels.map((label, index) => ({
    title: shortText(`${letterOf(index)} ${label}`, room),
  }));
  const longest = Math.max(...texts.map((list) => list?.length ?? 0));
  const rows = Array.from({ length: Math.min(SHOWN_TEXTS, longest) }, (_, row) =>
    texts.map((list) => {
      if (list === null) return row === 0 ? NO_VALUE : '';
      return shortText(list[row] ?? '', room);
    }),
  );
  return formatTable(columns, rows);
}

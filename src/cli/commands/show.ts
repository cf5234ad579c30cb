import { pc } from '../colors.js';
import prettyBytes from 'pretty-bytes';
import { formatNll, formatSeconds, formatTop1, NO_VALUE } from '../../analysis/tables/format.js';
import { formatCount } from '../counts.js';
import { lastAttempt } from '../../core/run-folder/attempts.js';
import { flattenFields } from '../../core/config/flatten-fields.js';
import { settingText } from '../../core/config/setting-text.js';
import { type KeptCheckpoints, listKeptCheckpoints } from '../../core/store/kept-checkpoints.js';
import { type EpochRow, epochMetrics } from '../../core/store/metric-queries.js';
import { findRun } from '../../core/store/run-queries.js';
import { finalSamples, type SampleSet } from '../../core/store/sample-queries.js';
import { withStore } from '../open-store.js';
import { print, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import { runJson, type RunJson } from '../run-json.js';
import { formatTable } from '../table.js';
import { paintState } from './ls.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep show`. */
export interface ShowOptions extends ResultsOptions {
  readonly json?: true | undefined;
}

/** Texts shown of each temperature; `--json` has them all. */
const SHOWN_TEXTS = 5;
/** Epochs shown; `--json` has them all. */
const SHOWN_EPOCHS = 8;

/** `sweep show RUN`. @throws SweepError `bad-call` for a run that is unknown or ambiguous */
export function runShow(text: string, { json, ...options }: ShowOptions): void {
  withStore(options, ({ db, paths }) => {
    const row = findRun(db, text);
    const run = runJson(row, paths);
    const epochs = epochMetrics(db, row.id);
    const samples = finalSamples(db, row.id);
    const runFolder = paths.run(row.id);
    const { log } = runFolder.attempt(Math.max(1, lastAttempt(runFolder)));
    const kept = listKeptCheckpoints(db, row.id, runFolder);
    if (json === true) {
      printJson({ version: 1, kind: 'run', run, epochs, samples, ...kept });
      return;
    }
    printHead(run, runFolder.folder, log);
    printPairs(
      'Configuration',
      [...flattenFields(run.config)].map(([key, value]) => [key, settingText(key, value)]),
    );
    printEpochs(epochs);
    printCheckpoints(kept);
    printSamples(samples);
  });
}

function printHead(run: RunJson, folder: string, log: string): void {
  const places = run.appearances.map(({ sweep, name }) => `${sweep}/${name}`).join(', ');
  print(`${pc.bold(run.name)}  ${run.id}  ${paintState(run.state)}`);
  const why = run.outcomeMessage ?? run.outcomeReason;
  printPairs(undefined, [
    ...(why === null ? [] : [['why', why] as const]),
    ...(run.note === null ? [] : [['note', run.note] as const]),
    ...(run.tags.length === 0 ? [] : [['tags', run.tags.join(', ')] as const]),
    ['in', places === '' ? NO_VALUE : places],
    ['parameters', formatCount(run.parameters)],
    ['test', scores(run.testNll, run.testTop1)],
    ['validation', `${scores(run.bestValNll, run.bestValTop1)}${bestEpoch(run)}`],
    ['time', run.totalSeconds === null ? NO_VALUE : formatSeconds(run.totalSeconds)],
    ['ran on', ranOn(run)],
    ['code', code(run)],
    ['folder', folder],
    ['log', log],
  ]);
}

function scores(nll: number | null, top1: number | null): string {
  if (nll === null || top1 === null) return NO_VALUE;
  return `NLL ${formatNll(nll)} nats per text, top-1 ${formatTop1(top1)}`;
}

function bestEpoch({ bestEpoch: best, epochs }: RunJson): string {
  return best === null ? '' : `, the best of ${epochs} epochs at epoch ${best}`;
}

function ranOn(run: RunJson): string {
  if (run.engine === null) return NO_VALUE;
  return `${run.engine} ${run.device ?? ''} (${run.engineVersion ?? ''}), threads ${run.threads ?? ''}, host ${run.host ?? ''}`;
}

function code(run: RunJson): string {
  const commit = run.gitCommit === null ? 'no commit' : run.gitCommit.slice(0, 12);
  const dirty = run.gitDirty === true ? ' with changes' : '';
  return `sweep ${run.sweepVersion ?? NO_VALUE}, Node ${run.node ?? NO_VALUE}, ${commit}${dirty}`;
}

function printPairs(
  title: string | undefined,
  pairs: readonly (readonly [string, string])[],
): void {
  if (title !== undefined) print(`\n${pc.bold(title)}`);
  const width = Math.max(...pairs.map(([key]) => key.length));
  for (const [key, text] of pairs) print(`  ${pc.dim(key.padEnd(width))}  ${plainText(text)}`);
}

function printEpochs(epochs: readonly EpochRow[]): void {
  if (epochs.length === 0) return;
  const shown = epochs.slice(-SHOWN_EPOCHS);
  const left = epochs.length - shown.length;
  print(
    `\n${pc.bold('Epochs')}${left > 0 ? pc.dim(`  (the last ${shown.length} of ${epochs.length})`) : ''}`,
  );
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const columns = ['epoch', 'train NLL', 'train top-1', 'val NLL', 'val top-1', 'time'].map(right);
  const rows = shown.map((epoch) => [
    `${epoch.epoch}${epoch.improved ? '*' : ' '}`,
    formatNll(epoch.trainNll),
    formatTop1(epoch.trainTop1),
    formatNll(epoch.valNll),
    formatTop1(epoch.valTop1),
    formatSeconds(epoch.seconds),
  ]);
  print(formatTable(columns, rows));
  print(pc.dim('* the lowest validation NLL so far'));
}

function printCheckpoints({ checkpoints, improvements }: KeptCheckpoints): void {
  const shown = [
    ...checkpoints,
    ...improvements.map((improvement) => ({ ...improvement, kind: 'earlier best' })),
  ];
  if (shown.length === 0) return;
  printPairs(
    'Checkpoints',
    shown.map(({ kind, epoch, file, bytes }) => [
      kind,
      `epoch ${epoch}, ${prettyBytes(bytes)}, ${file}`,
    ]),
  );
}

function printSamples(samples: readonly SampleSet[]): void {
  for (const { temperature, epoch, texts } of samples) {
    const count =
      texts.length > SHOWN_TEXTS ? `${SHOWN_TEXTS} of ${texts.length}` : `${texts.length}`;
    const title = `Texts at temperature ${temperature}, epoch ${epoch}`;
    print(`\n${pc.bold(title)}${pc.dim(`  (${count})`)}`);
    for (const text of texts.slice(0, SHOWN_TEXTS)) print(`  ${plainText(text)}`);
  }
}

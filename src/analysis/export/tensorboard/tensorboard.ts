import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FileWriter, writeStream } from '../../../core/run-folder/staged-output.js';
import type { SweepDatabase } from '../../../core/store/database.js';
import {
  exportedEpochs,
  type ExportedSample,
  exportedSamples,
  type ExportScope,
  type MetricName,
  scopedMetrics,
  scopedRunRows,
} from '../../../core/store/export-queries.js';
import { evaluations } from '../../../core/store/metric-queries.js';
import type { RunRow } from '../../../core/store/run-row.js';
import { escapeMarkdown } from '../../tables/markdown-text.js';
import type { OnProgress } from '../export-table.js';
import { writeRecord } from './event-file.js';
import {
  encodeFileVersion,
  encodeSummary,
  hparamsValue,
  scalarValue,
  type SummaryValue,
  textValue,
} from './event-proto.js';
import { hyperparameterInfos, hyperparameters } from './hyperparameters.js';

/**
 * Writes a log folder for TensorBoard: a subfolder `<name>-<run id>` for each run with its scalars (`val/nll`, …, the
 * step is the epoch), its sampled texts and its hyper-parameters, and in the folder itself what the hparams plugin
 * wants to know of all runs.
 */
export function writeTensorboard(
  db: SweepDatabase,
  scope: ExportScope,
  folder: string,
  onProgress: OnProgress | undefined,
): void {
  const metrics = scopedMetrics(db, scope);
  const tags = [...metrics.map(metricTag), 'test/nll', 'test/top1'];
  const experiment = {
    name: scope.kind === 'sweep' ? scope.sweep : scope.name,
    hparamInfos: hyperparameterInfos(db, scope),
    metricInfos: tags.map((tag) => ({ name: { tag } })),
  };
  let created = Infinity;
  let events = 0;
  for (const { row, name } of scopedRunRows(db, scope)) {
    created = Math.min(created, seconds(row.createdAt));
    const runFolder = join(folder, `${fileName(name)}-${row.id}`);
    mkdirSync(runFolder);
    writeEvents(runFolder, seconds(row.createdAt), (write) => {
      writeRunEvents(db, row, metrics, (wallTime, step, values) => {
        write(wallTime, step, values);
        events += 1;
        if (events % 256 === 0) onProgress?.(events);
      });
    });
  }
  if (!Number.isFinite(created)) return; // a sweep of which no run is recorded
  writeEvents(folder, created, (write) => {
    write(created, 0, [hparamsValue('experiment', { ...experiment, timeCreatedSecs: created })]);
  });
}

type WriteSummary = (wallTime: number, step: number, values: readonly SummaryValue[]) => void;

function writeEvents(folder: string, created: number, fill: (write: WriteSummary) => void): void {
  // TensorBoard takes every file with `tfevents` in its name.
  const path = join(folder, `events.out.tfevents.${Math.floor(created)}.sweep`);
  writeStream(path, (file: FileWriter) => {
    writeRecord(file, encodeFileVersion(created));
    fill((wallTime, step, values) => {
      writeRecord(file, encodeSummary(wallTime, step, values));
    });
  });
}

function writeRunEvents(
  db: SweepDatabase,
  row: RunRow,
  metrics: readonly MetricName[],
  write: WriteSummary,
): void {
  const started = seconds(row.startedAt ?? row.createdAt);
  write(started, 0, [hparamsValue('sessionStartInfo', sessionStart(row, started))]);
  let last = started;
  for (const { epoch, time, values } of exportedEpochs(db, row.id, metrics)) {
    last = seconds(time);
    const scalars = values.flatMap((value, index) => {
      const metric = metrics[index];
      return value === null || metric === undefined ? [] : [scalarValue(metricTag(metric), value)];
    });
    write(last, epoch, scalars);
  }
  const ended = row.endedAt === null ? last : seconds(row.endedAt);
  for (const { split, epoch, nll, top1 } of evaluations(db, row.id)) {
    // The other splits have a curve, and this is a point of it.
    if (split === 'test')
      write(ended, epoch, [scalarValue('test/nll', nll), scalarValue('test/top1', top1)]);
  }
  for (const set of sampleSets(exportedSamples(db, row.id)))
    write(ended, set.epoch, [textValue(sampleTag(set), set.texts.map(escapeMarkdown))]);
  if (row.outcome !== null)
    write(ended, 0, [
      hparamsValue('sessionEndInfo', { status: STATUS[row.outcome], endTimeSecs: ended }),
    ]);
}

/** `Status` of api.proto. */
const STATUS = { completed: 1, diverged: 2, failed: 2, stopped: 0 } as const;

function sessionStart(row: RunRow, startTimeSecs: number): object {
  const hparams = [...hyperparameters(row)].map(([name, value]): [string, object] => {
    if (typeof value === 'number') return [name, { numberValue: value }];
    return [name, typeof value === 'string' ? { stringValue: value } : { boolValue: value }];
  });
  return { hparams: Object.fromEntries(hparams), startTimeSecs };
}

type SampleSet = Pick<ExportedSample, 'stage' | 'epoch' | 'temperature'> & {
  readonly texts: string[];
};

/** The texts of one moment and temperature together. */
function* sampleSets(samples: Iterable<ExportedSample>): Generator<SampleSet> {
  let set: SampleSet | undefined;
  for (const { stage, epoch, temperature, text } of samples) {
    const isSame = set?.stage === stage && set.epoch === epoch && set.temperature === temperature;
    if (set !== undefined && !isSame) yield set;
    if (set === undefined || !isSame) set = { stage, epoch, temperature, texts: [] };
    set.texts.push(text);
  }
  if (set !== undefined) yield set;
}

function sampleTag({ stage, temperature }: SampleSet): string {
  return `${stage === 'epoch' ? 'samples' : 'best_samples'}/temperature_${temperature}`;
}

function metricTag({ split, name }: MetricName): string {
  return `${split}/${name}`;
}

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}

/** A run's name as a folder's: letters, digits, `.`, `_` and `-` stay. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 80);
}

import type { SweepDatabase } from '../../core/store/database.js';
import {
  exportedEpochs,
  exportedSamples,
  type ExportScope,
  type MetricName,
  scopedMetrics,
  scopedRunRows,
  scopedRuns,
} from '../../core/store/export-queries.js';
import type { RunRow } from '../../core/store/run-row.js';
import type { ColumnType, ExportColumn, ExportTable, ExportValue } from './export-table.js';

/**
 * Everything that is recorded of a sweep or a run, as three tables: `runs`, `epochs` (the metrics of each) and `samples`.
 * `run` is the id that joins them.
 */
export function resultTables(db: SweepDatabase, scope: ExportScope): ExportTable[] {
  return [runsTable(db, scope), epochsTable(db, scope), samplesTable(db, scope)];
}

/** Columns of `runs`, by the name of the field of a run; docs/json.md says what each is. */
const RUN_FIELDS = [
  column('key', 'text'),
  column('kind', 'text'),
  column('sourceKey', 'text'),
  column('replicate', 'integer'),
  column('outcome', 'text'),
  column('outcomeReason', 'text'),
  column('outcomeMessage', 'text'),
  column('outcomeEpoch', 'integer'),
  column('dataSource', 'text'),
  column('dataLimit', 'integer'),
  column('dataFingerprint', 'text'),
  column('parameters', 'integer'),
  column('tokens', 'integer'),
  column('embedding', 'integer'),
  column('neurons', 'integer'),
  column('heads', 'integer'),
  column('blocks', 'integer'),
  column('dropout', 'number'),
  column('learningRate', 'number'),
  column('weightDecay', 'number'),
  column('batchSize', 'integer'),
  column('maxEpochs', 'integer'),
  column('patience', 'integer'),
  column('seed', 'integer'),
  column('epochs', 'integer'),
  column('finalTrainNll', 'number'),
  column('finalTrainTop1', 'number'),
  column('finalValNll', 'number'),
  column('finalValTop1', 'number'),
  column('bestEpoch', 'integer'),
  column('bestTrainNll', 'number'),
  column('bestTrainTop1', 'number'),
  column('bestValNll', 'number'),
  column('bestValTop1', 'number'),
  column('testNll', 'number'),
  column('testTop1', 'number'),
  column('textsTrain', 'integer'),
  column('textsVal', 'integer'),
  column('textsTest', 'integer'),
  column('attempts', 'integer'),
  column('createdAt', 'time'),
  column('startedAt', 'time'),
  column('endedAt', 'time'),
  column('trainSeconds', 'number'),
  column('evaluateSeconds', 'number'),
  column('totalSeconds', 'number'),
  column('textsPerSecond', 'number'),
  column('stepSeconds', 'number'),
  column('device', 'text'),
  column('engine', 'text'),
  column('engineVersion', 'text'),
  column('threads', 'integer'),
  column('microBatch', 'integer'),
  column('host', 'text'),
  column('node', 'text'),
  column('sweepVersion', 'text'),
  column('gitCommit', 'text'),
  column('gitDirty', 'boolean'),
] as const satisfies readonly { name: keyof RunRow; type: ColumnType }[];

const IDENTITY = [column('run', 'text'), column('name', 'text')];

function runsTable(db: SweepDatabase, scope: ExportScope): ExportTable {
  function* rows(): Generator<ExportValue[]> {
    for (const { row, name } of scopedRunRows(db, scope)) {
      const values = RUN_FIELDS.map((field) => row[field.name]);
      yield [row.id, name, ...values, JSON.stringify(row.changes), JSON.stringify(row.config)];
    }
  }
  const columns: ExportColumn[] = [
    ...IDENTITY,
    ...RUN_FIELDS,
    column('changes', 'json'),
    column('config', 'json'),
  ];
  return { name: 'runs', columns, rows: rows() };
}

function epochsTable(db: SweepDatabase, scope: ExportScope): ExportTable {
  const metrics = scopedMetrics(db, scope);
  function* rows(): Generator<ExportValue[]> {
    for (const { runId, name } of scopedRuns(db, scope))
      for (const one of exportedEpochs(db, runId, metrics)) {
        const { epoch, step, improved, values } = one;
        const speed = [one.trainSeconds, one.evaluateSeconds, one.textsPerSecond, one.stepSeconds];
        yield [runId, name, epoch, step, ...values, improved, ...speed, one.time];
      }
  }
  const columns: ExportColumn[] = [
    ...IDENTITY,
    column('epoch', 'integer'),
    column('step', 'integer'),
    ...metrics.map((metric) => column(metricColumn(metric), 'number')),
    column('improved', 'boolean'),
    column('trainSeconds', 'number'),
    column('evaluateSeconds', 'number'),
    column('textsPerSecond', 'number'),
    column('stepSeconds', 'number'),
    column('time', 'time'),
  ];
  return { name: 'epochs', columns, rows: rows() };
}

/** As an objective names it: `val.nll`. */
function metricColumn({ split, name }: MetricName): string {
  return `${split}.${name}`;
}

function samplesTable(db: SweepDatabase, scope: ExportScope): ExportTable {
  function* rows(): Generator<ExportValue[]> {
    for (const { runId, name } of scopedRuns(db, scope))
      for (const { stage, epoch, temperature, position, text } of exportedSamples(db, runId))
        yield [runId, name, stage, epoch, temperature, position, text];
  }
  const columns: ExportColumn[] = [
    ...IDENTITY,
    column('stage', 'text'),
    column('epoch', 'integer'),
    column('temperature', 'number'),
    column('position', 'integer'),
    column('text', 'text'),
  ];
  return { name: 'samples', columns, rows: rows() };
}

function column<N extends string>(
  name: N,
  type: ColumnType,
): { readonly name: N; readonly type: ColumnType } {
  return { name, type };
}

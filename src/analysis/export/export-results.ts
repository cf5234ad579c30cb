import { stageFile, stageFolder } from '../../core/run-folder/staged-output.js';
import type { SweepDatabase } from '../../core/store/database.js';
import type { ExportScope } from '../../core/store/export-queries.js';
import { writeCsv } from './csv.js';
import { type OnProgress, withProgress } from './export-table.js';
import { writeJsonExport } from './json.js';
import { writeParquet } from './parquet.js';
import { resultTables } from './result-tables.js';
import { writeTensorboard } from './tensorboard/tensorboard.js';

/** Formats that everything recorded of a sweep or a run can be written in. */
export type ResultFormat = 'csv' | 'json' | 'parquet' | 'tensorboard';

export interface ExportRequest {
  readonly scope: ExportScope;
  readonly format: ResultFormat;
  /** File of `json`, folder of the others; it is written whole or not at all. */
  readonly out: string;
  readonly onProgress?: OnProgress;
}

/**
 * Writes what is recorded of a sweep or a run as it is at this moment, also while a recorder writes.
 *
 * **Memory** does not grow with the number of rows: they are read while they are written.
 */
export function exportResults(db: SweepDatabase, request: ExportRequest): void {
  const { scope, format, out, onProgress } = request;
  // One transaction: three tables of the same moment.
  db.transaction(() => {
    if (format === 'tensorboard') {
      stageFolder(out, (staged) => {
        writeTensorboard(db, scope, staged, onProgress);
      });
      return;
    }
    const tables = withProgress(resultTables(db, scope), onProgress);
    const head = { sweep: scope.kind === 'sweep' ? scope.sweep : null };
    if (format === 'json')
      stageFile(out, (staged) => {
        writeJsonExport(head, tables, staged);
      });
    else
      stageFolder(out, (staged) => {
        if (format === 'csv') writeCsv(tables, staged);
        else writeParquet(tables, staged);
      });
  })();
}

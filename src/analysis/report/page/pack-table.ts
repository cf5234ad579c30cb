import { namedRuns, provenanceText } from '../../provenance.js';
import { cellSource, cellText, cellValue, type Cell, type Table } from '../../tables/table.js';
import type { PackedCell, PackedTable } from './page-data.js';

/**
 * The rows of a table from the place `from` on, for the page's script to show when they are asked for: as elements they
 * would be most of what a browser has to build before a long report can be read. Names of metrics and runs, which repeat
 * in every row, are numbers.
 */
export function packTable(table: Table, from: number): PackedTable {
  const metrics = new Map<string, number>();
  const runs = new Map<string, number>();
  const numberOf = (places: Map<string, number>, text: string): number => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const pack = (cell: Cell, index: number): PackedCell => {
    const column = table.columns[index];
    const text = column === undefined ? '' : cellText(cell, column);
    const value = cellValue(cell);
    const source = cellSource(cell);
    if (source === null) return typeof value === 'string' ? text : [text, value];
    const number = typeof value === 'number' ? value : null;
    if (source.kind === 'recorded') {
      const { metric, run, seq, epoch } = source;
      return [text, number, numberOf(metrics, metric), numberOf(runs, run), seq, epoch];
    }
    const [run, ...others] = source.runs;
    return run === undefined || others.length > 0
      ? [
          text,
          number,
          [provenanceText(source), ...namedRuns(source).map((id) => numberOf(runs, id))],
        ]
      : [text, number, numberOf(metrics, source.metric), numberOf(runs, run)];
  };
  const rows = table.rows.slice(from).map((row) => row.map(pack));
  return { metrics: [...metrics.keys()], runs: [...runs.keys()], rows };
}

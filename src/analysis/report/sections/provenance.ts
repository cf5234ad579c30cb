import type { RunRow } from '../../../core/store/run-row.js';
import { formatCount } from '../../tables/format.js';
import { recorded } from '../../provenance.js';
import { sourced, withoutEmptyColumns, type Cell, type TableColumn } from '../../tables/table.js';
import { namedTable } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** Hex digits shown of a commit or a fingerprint; the database has the whole. */
const SHORT_HASH = 12;

const COLUMNS: readonly (TableColumn & { readonly cell: (run: RunRow) => Cell })[] = [
  { title: 'Run', align: 'left', cell: (run) => run.name },
  { title: 'Id', align: 'left', cell: (run) => run.id },
  { title: 'Seed', align: 'right', cell: (run) => sourced(run.seed, recorded(run.id, 'seed')) },
  { title: 'Started', align: 'left', cell: (run) => run.startedAt },
  {
    title: 'Attempts',
    align: 'right',
    format: formatCount,
    cell: (run) => sourced(run.attempts, recorded(run.id, 'attempts')),
  },
  { title: 'Device', align: 'left', cell: (run) => run.device },
  {
    title: 'Threads',
    align: 'right',
    cell: (run) => sourced(run.threads, recorded(run.id, 'threads')),
  },
  { title: 'Host', align: 'left', cell: (run) => run.host },
  { title: 'Engine', align: 'left', cell: engineText },
  { title: 'Node', align: 'left', cell: (run) => run.node },
  { title: 'sweep', align: 'left', cell: (run) => run.sweepVersion },
  { title: 'Commit', align: 'left', cell: commitText },
  {
    title: 'Data',
    align: 'left',
    cell: (run) => run.dataFingerprint?.slice(0, SHORT_HASH) ?? null,
  },
  { title: 'Tags', align: 'left', cell: (run) => run.tags.join(', ') },
  { title: 'Note', align: 'left', cell: (run) => run.note },
];

/** What each run was made by and from, so that it can be made again; then the definition as it was run. */
export function provenanceBlocks({ sweep, runs }: SectionData): Block[] {
  const table = withoutEmptyColumns({
    columns: COLUMNS,
    rows: runs.map((run) => COLUMNS.map((column) => column.cell(run))),
  });
  const blocks: Block[] = [];
  if (runs.length > 0) {
    blocks.push(
      { kind: 'heading', level: 1, text: 'Provenance' },
      namedTable(sweep.name, 'provenance', [], table),
    );
  }
  blocks.push({
    kind: 'details',
    summary: `Definition: ${sweep.definitionFile}`,
    blocks: [{ kind: 'code', language: 'yaml', text: sweep.definitionText }],
  });
  return blocks;
}

function engineText(run: RunRow): string | null {
  if (run.engine === null) return null;
  return run.engineVersion === null ? run.engine : `${run.engine} ${run.engineVersion}`;
}

function commitText(run: RunRow): string | null {
  if (run.gitCommit === null) return null;
  const commit = run.gitCommit.slice(0, SHORT_HASH);
  return run.gitDirty === true ? `${commit} with changes` : commit;
}

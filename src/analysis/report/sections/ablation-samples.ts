import type { SweepDatabase } from '../../../core/store/database.js';
import type { RunRow } from '../../../core/store/run-row.js';
import { finalSamples, type SampleSet } from '../../../core/store/sample-queries.js';
import type { AblationPair } from '../../ablation/find-full-runs.js';
import { recorded } from '../../provenance.js';
import { formatCount } from '../../tables/format.js';
import type { Cell } from '../../tables/table.js';
import { value, type InlineValue } from '../inline.js';
import { namedTable } from '../named.js';
import type { Block } from '../report.js';

/** Texts of each side at a temperature. */
const TEXTS = 8;

interface Place {
  readonly sweep: string;
  /** Among the ablations of the section, from 0. */
  readonly place: number;
  readonly labelOf: (run: RunRow) => string;
}

/** Texts from both best checkpoints side by side, at the temperatures that both were sampled at. */
export function ablationSampleBlocks(
  db: SweepDatabase,
  { full, ablated }: AblationPair,
  { sweep, place, labelOf }: Place,
): Block[] {
  const others = finalSamples(db, ablated.id);
  const sets = finalSamples(db, full.id).flatMap((one) => {
    const other = others.find(({ temperature }) => temperature === one.temperature);
    return other === undefined || one.texts.length + other.texts.length === 0
      ? []
      : [{ full: one, ablated: other }];
  });
  if (sets.length === 0) return [];
  const caption = sets.flatMap((pair) => [
    ` Temperature ${pair.full.temperature}: the first of `,
    count(full, pair.full),
    ' and of ',
    count(ablated, pair.ablated),
    ' sampled texts.',
  ]);
  const table = {
    columns: ['Temperature', labelOf(full), labelOf(ablated)].map((title, index) => ({
      title,
      align: index === 0 ? ('right' as const) : ('left' as const),
    })),
    rows: sets.flatMap((pair) => rowsOf(pair.full, pair.ablated)),
  };
  const name = place === 0 ? 'ablation-samples' : `ablation-samples-${place + 1}`;
  return [namedTable(sweep, name, ['Sampled texts side by side.', ...caption], table)];
}

function rowsOf(full: SampleSet, ablated: SampleSet): Cell[][] {
  const length = Math.min(TEXTS, Math.max(full.texts.length, ablated.texts.length));
  return Array.from({ length }, (_, place) => [
    full.temperature,
    textAt(full, place),
    textAt(ablated, place),
  ]);
}

function textAt({ texts }: SampleSet, place: number): string | null {
  const text = texts[place];
  return text?.trim() === '' ? '(empty text)' : (text ?? null);
}

function count(run: RunRow, { temperature, seq, epoch, texts }: SampleSet): InlineValue {
  const source = recorded(run.id, `samples at temperature ${temperature}`, { seq, epoch });
  return value(formatCount(texts.length), source);
}

import type { RunRow } from '../../core/store/run-row.js';
import type { FigureSpec } from '../figures/chart-theme.js';
import type { Table } from '../tables/table.js';
import type { RichText } from './inline.js';

/**
 * A report as data. Every output format renders this and nothing else, so that no two formats can differ in a number.
 *
 * All texts are plain: the renderer escapes them. It depends on the database alone: it holds no time of writing and no
 * path of the machine that writes it.
 */
export interface Report {
  readonly title: string;
  /** One for each sweep. */
  readonly sections: readonly ReportSection[];
  /** Every run of every section, once: what the numbers are linked to. */
  readonly runs: readonly RunRow[];
}

export interface ReportSection {
  /** Name of the sweep. */
  readonly sweep: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | HeadingBlock
  | TextBlock
  | ListBlock
  | TableBlock
  | FigureBlock
  | CodeBlock
  | SamplesBlock
  | DetailsBlock;

/** Begins a part of a section; `level` 1 stands below the section's own title. */
export interface HeadingBlock {
  readonly kind: 'heading';
  readonly level: 1 | 2;
  readonly text: string;
}

/** A paragraph. */
export interface TextBlock {
  readonly kind: 'text';
  readonly text: RichText;
}

/** Points with a label: `label: text`; without one for null. */
export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly { readonly label: string | null; readonly text: RichText }[];
}

/** What tables and figures have in common. */
export interface Named {
  /** What it is called in its section, the same in every report: `final`, `curves`. Lower case, words joined by `-`. */
  readonly name: string;
  /** Name of its files, unique in the report, without extension: `q2_final`. */
  readonly file: string;
  /** What the reader must know to read it; empty for nothing. */
  readonly caption: RichText;
}

export interface TableBlock extends Named {
  readonly kind: 'table';
  readonly table: Table;
}

export interface FigureBlock extends Named {
  readonly kind: 'figure';
  /** What is drawn, for those who do not see it. */
  readonly alt: string;
  /** Vega-Lite with its values in it. */
  readonly spec: FigureSpec;
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly language: string;
  readonly text: string;
}

/** Texts sampled from one run at one moment and one temperature. */
export interface SamplesBlock {
  readonly kind: 'samples';
  readonly label: string;
  /** Id of the run. */
  readonly run: string;
  /** Number of the event that has them. */
  readonly seq: number;
  /** `final`: from the best checkpoint; `epoch`: while training, after that epoch. */
  readonly stage: 'epoch' | 'final';
  /** Epoch of the model, from 0. */
  readonly epoch: number;
  readonly temperature: number;
  /** One a line. */
  readonly texts: readonly string[];
  /** How many were sampled. */
  readonly total: number;
}

/** Blocks that are folded away until the reader asks for them. */
export interface DetailsBlock {
  readonly kind: 'details';
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** All blocks in their order, those that are folded away among them. */
export function allBlocks(report: Report): Block[] {
  return report.sections.flatMap((section) => flatten(section.blocks));
}

function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.kind === 'details' ? [block, ...flatten(block.blocks)] : [block],
  );
}

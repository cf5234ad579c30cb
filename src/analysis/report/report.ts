import type { FigureSpec } from '../figures/chart-theme.js';
import type { Table } from '../tables/table.js';

/**
 * A report as data. Every output format renders this and nothing else, so that no two formats can differ in a number.
 *
 * All texts are plain: the renderer escapes them.
 */
export interface Report {
  readonly title: string;
  /** One for each sweep. */
  readonly sections: readonly ReportSection[];
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

export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
}

/** Points with a label: `label: text`; without one for null. */
export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly { readonly label: string | null; readonly text: string }[];
}

export interface TableBlock {
  readonly kind: 'table';
  readonly table: Table;
}

export interface FigureBlock {
  readonly kind: 'figure';
  /** Unique in the report, without extension, safe as a file name. */
  readonly name: string;
  /** What is drawn, for those who do not see it. */
  readonly alt: string;
  readonly spec: FigureSpec;
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly language: string;
  readonly text: string;
}

/** Sampled texts, one a line; `total` says how many there are. */
export interface SamplesBlock {
  readonly kind: 'samples';
  readonly label: string;
  readonly texts: readonly string[];
  readonly total: number;
}

/** Blocks that are folded away until the reader asks for them. */
export interface DetailsBlock {
  readonly kind: 'details';
  readonly summary: string;
  readonly blocks: readonly Block[];
}

import type { RichText } from '../inline.js';
import type { Block } from '../report.js';

/** An author's text as data: what a page and LaTeX have in common. All texts are plain: the renderer escapes them. */
export type Prose =
  | { readonly kind: 'heading'; readonly level: number; readonly content: RichText }
  | ProseParagraph
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly content: readonly Prose[] }
  | ProseList
  | ProseTable
  | { readonly kind: 'rule' }
  /** What a template has put there. */
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] };

export interface ProseParagraph {
  readonly kind: 'paragraph';
  readonly content: RichText;
  /** Whether it is the line of a list whose items are not apart. */
  readonly isTight: boolean;
}

export interface ProseList {
  readonly kind: 'list';
  /** Number of the first item; null for a list without numbers. */
  readonly start: number | null;
  readonly items: readonly (readonly Prose[])[];
}

export interface ProseTable {
  readonly kind: 'table';
  readonly columns: readonly {
    readonly title: RichText;
    readonly align: 'left' | 'center' | 'right';
  }[];
  readonly rows: readonly (readonly RichText[])[];
}

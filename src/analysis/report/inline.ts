import type { Provenance } from '../provenance.js';

/** Running text: plain texts, numbers with their source, and the marks of prose. All texts are plain, not escaped. */
export type Inline = string | InlineValue | InlineMark | InlineCode | InlineLink | InlineBreak;

/** A number as it is shown, and where it comes from. */
export interface InlineValue {
  readonly kind: 'value';
  readonly text: string;
  readonly source: Provenance;
}

export interface InlineMark {
  readonly kind: 'strong' | 'emphasis';
  readonly content: RichText;
}

export interface InlineCode {
  readonly kind: 'code';
  readonly text: string;
}

export interface InlineLink {
  readonly kind: 'link';
  readonly href: string;
  readonly content: RichText;
}

/** The end of a line within a paragraph. */
export interface InlineBreak {
  readonly kind: 'break';
}

export type RichText = readonly Inline[];

/** A number in running text. */
export function value(text: string, source: Provenance): InlineValue {
  return { kind: 'value', text, source };
}

/** The text as it is read, without marks. */
export function plainText(text: RichText): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'break') return ' ';
      return 'content' in part ? plainText(part.content) : part.text;
    })
    .join('');
}

/** The sources of the numbers in a text, in their order. */
export function sourcesOf(
  text: RichText,
): { readonly text: string; readonly source: Provenance }[] {
  return text.flatMap((part) => {
    if (typeof part === 'string') return [];
    if (part.kind === 'value') return [part];
    return 'content' in part ? sourcesOf(part.content) : [];
  });
}

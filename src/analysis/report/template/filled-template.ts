import { escapeMarkdown } from '../../tables/markdown-text.js';
import { inlineMarkdown } from '../inline-markdown.js';
import type { RichText } from '../inline.js';
import { renderBlock } from '../markdown.js';
import type { Block } from '../report.js';

/** What stands where a template has a value or a block. */
export type FilledPart =
  | { readonly kind: 'value'; readonly content: RichText }
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] };

/** A filled-in template: its text, in which marks stand for its parts. */
export interface FilledTemplate {
  /** Of the template, for messages. */
  readonly file: string;
  /** The template as it was written. */
  readonly source: string;
  /** Markdown of the author with marks in it; a mark is text to any parser of Markdown. */
  readonly text: string;
  readonly parts: readonly FilledPart[];
}

// Two characters of the private use area, which no font and no alphabet has.
const [BEGIN, END] = ['\uE000', '\uE001'];
const MARK = new RegExp(`${BEGIN}(\\d+)${END}`, 'g');

/** The mark of the part at this place. */
export function markOf(place: number): string {
  return `${BEGIN}${place}${END}`;
}

/** A template without the characters that marks are made of. */
export function withoutMarks(text: string): string {
  return text.replaceAll(BEGIN, '\uFFFD').replaceAll(END, '\uFFFD');
}

/** A text of a filled-in template, cut at its marks: what the author wrote, and parts. */
export function splitMarks(text: string, parts: readonly FilledPart[]): (string | FilledPart)[] {
  return text.split(MARK).flatMap((piece, index): (string | FilledPart)[] => {
    if (index % 2 === 0) return piece === '' ? [] : [piece];
    const part = parts[Number(piece)];
    return part === undefined ? [] : [part];
  });
}

/** What the author wrote of a line, cut where something was filled in. */
export function cutMarks(line: string): string[] {
  return line.split(MARK).filter((_, index) => index % 2 === 0);
}

/** The filled-in template as Markdown. Texts of the database are not the author's: nothing in them is markup. */
export function filledMarkdown({ text, parts }: FilledTemplate): string {
  return splitMarks(text, parts)
    .map((piece) => (typeof piece === 'string' ? piece : partMarkdown(piece)))
    .join('');
}

function partMarkdown(part: FilledPart): string {
  if (part.kind === 'blocks') return part.blocks.map(renderBlock).join('\n\n');
  return part.content
    .map((one) =>
      // An attribute of the author's own HTML must not end in the text either.
      typeof one === 'string'
        ? escapeMarkdown(one).replaceAll('"', '&quot;')
        : inlineMarkdown([one]),
    )
    .join('');
}

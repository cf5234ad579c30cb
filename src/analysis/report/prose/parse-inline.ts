import type { Token } from 'markdown-it';
import type { Inline, RichText } from '../inline.js';
import { safeAddress } from '../safe-address.js';
import { splitMarks, type FilledTemplate } from '../template/filled-template.js';
import { plainCode, refuseElements } from './plain-parts.js';
import { ProseProblem } from './prose-problem.js';

/** Running text with the values that were filled in. @throws ProseProblem for what page and LaTeX cannot show */
export function parseInline(tokens: readonly Token[], filled: FilledTemplate): RichText {
  const open: {
    readonly close: string;
    readonly make: (content: RichText) => Inline;
    content: Inline[];
  }[] = [];
  const top: Inline[] = [];
  const put = (...parts: Inline[]): void => {
    (open.at(-1)?.content ?? top).push(...parts);
  };
  for (const token of tokens) {
    if (token.type === open.at(-1)?.close) {
      const ended = open.pop();
      if (ended !== undefined) put(ended.make(ended.content));
      continue;
    }
    switch (token.type) {
      case 'text':
      case 'text_special':
        put(...textParts(token.content, filled));
        break;
      case 'softbreak':
        put(' ');
        break;
      case 'hardbreak':
        put({ kind: 'break' });
        break;
      case 'code_inline':
        put({ kind: 'code', text: plainCode(token.content, filled) });
        break;
      case 'strong_open':
        open.push({
          close: 'strong_close',
          make: (content) => ({ kind: 'strong', content }),
          content: [],
        });
        break;
      case 'em_open':
        open.push({
          close: 'em_close',
          make: (content) => ({ kind: 'emphasis', content }),
          content: [],
        });
        break;
      case 'link_open': {
        const href = addressOf(token);
        open.push({
          close: 'link_close',
          make: (content) => ({ kind: 'link', href, content }),
          content: [],
        });
        break;
      }
      case 'html_inline':
        refuseElements(token.content);
        break;
      case 'image':
        throw new ProseProblem(
          'an image of your own is shown in Markdown only',
          'Show a figure of the report with {% figure NAME %}, or write report.md alone: --format md',
        );
      default:
        throw new ProseProblem(
          `the page and LaTeX do not know ${token.type.replace(/_open$/, '')}`,
        );
    }
  }
  return top;
}

function textParts(text: string, { parts }: FilledTemplate): Inline[] {
  return splitMarks(text, parts).flatMap((piece): Inline[] => {
    if (typeof piece === 'string') return [piece];
    if (piece.kind === 'value') return [...piece.content];
    throw new ProseProblem('a table, figure or samples cannot stand in a line of text');
  });
}

function addressOf(token: Token): string {
  const href = String(token.attrGet('href') ?? '');
  if (/%EE%80%8[01]/.test(href))
    throw new ProseProblem('a value belongs into text, not into the address of a link');
  if (href !== '#' && safeAddress(href) === '#')
    throw new ProseProblem(
      `the address of a link must begin with https://, http://, mailto: or # (got ${JSON.stringify(href)})`,
    );
  return href;
}

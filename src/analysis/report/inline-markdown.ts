import { escapeMarkdown, inlineCode } from '../tables/markdown-text.js';
import { provenanceText } from '../provenance.js';
import { htmlComment } from './html-comment.js';
import { safeAddress } from './safe-address.js';
import type { Inline, RichText } from './inline.js';

/** Running text in GitHub Markdown; after each number a comment says where it comes from. */
export function inlineMarkdown(text: RichText): string {
  return text.map(renderInline).join('');
}

function renderInline(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  switch (part.kind) {
    case 'value':
      return `${escapeMarkdown(part.text)}${htmlComment(provenanceText(part.source))}`;
    case 'strong':
      return `**${inlineMarkdown(part.content)}**`;
    case 'emphasis':
      return `*${inlineMarkdown(part.content)}*`;
    case 'break':
      return '\\\n';
    case 'code':
      return inlineCode(part.text);
    case 'link':
      return `[${inlineMarkdown(part.content)}](<${safeAddress(part.href)}>)`;
  }
}

import { provenanceText } from '../../provenance.js';
import type { Inline, RichText } from '../inline.js';
import { safeAddress } from '../safe-address.js';
import { escapeLatex, latexComment } from './latex-text.js';

/** Running text in LaTeX; after each number a comment says where it comes from. */
export function inlineLatex(text: RichText): string {
  return text.map(renderInline).join('');
}

function renderInline(part: Inline): string {
  if (typeof part === 'string') return escapeLatex(part);
  switch (part.kind) {
    case 'value':
      // TeX skips spaces at the beginning of a line, unless something stands before them.
      return `${escapeLatex(part.text)}${latexComment(provenanceText(part.source))}\n{}`;
    case 'strong':
      return `\\textbf{${inlineLatex(part.content)}}`;
    case 'emphasis':
      return `\\emph{${inlineLatex(part.content)}}`;
    case 'break':
      return '\\newline{}\n';
    case 'code':
      return `\\texttt{${escapeLatex(part.text)}}`;
    case 'link':
      return `\\href{${latexAddress(part.href)}}{${inlineLatex(part.content)}}`;
  }
}

/** hyperref takes these four with a backslash; what else could end the argument is percent-encoded. */
function latexAddress(href: string): string {
  return safeAddress(href).replace(/[%#&_]/g, '\\$&');
}

import { plainText } from '../inline.js';
import { splitMarks, type FilledTemplate } from '../template/filled-template.js';
import { ProseProblem } from './prose-problem.js';

/** Comments are not shown; anything else would be. */
export function refuseElements(html: string): void {
  const rest = html.replace(/<!--[^]*?-->/g, '').trim();
  if (rest === '') return;
  const shown = rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
  throw new ProseProblem(`HTML is shown in Markdown only (got ${JSON.stringify(shown)})`);
}

/** Code shows values as text. */
export function plainCode(content: string, { parts }: FilledTemplate): string {
  return splitMarks(content, parts)
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if (piece.kind === 'blocks')
        throw new ProseProblem('a table, figure or samples cannot stand in code');
      return plainText(piece.content);
    })
    .join('');
}

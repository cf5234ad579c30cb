import { namedRuns, provenanceText, type Provenance } from '../../provenance.js';
import type { Inline, RichText } from '../inline.js';
import { safeAddress } from '../safe-address.js';
import { html } from './html.js';
import { runsAddress } from './runs-address.js';

/** Running text as HTML. */
export function inlineHtml(text: RichText): string {
  return text.map(renderInline).join('');
}

/** A number that shows where it comes from when it is pointed at, and leads to the details of its runs. */
export function numberHtml(text: string, source: Provenance, attributes = ''): string {
  const title = html(provenanceText(source));
  const href = html(runsAddress(namedRuns(source)));
  return `<a class="number" href="${href}" title="${title}"${attributes}>${html(text)}</a>`;
}

function renderInline(part: Inline): string {
  if (typeof part === 'string') return html(part);
  switch (part.kind) {
    case 'value':
      return numberHtml(part.text, part.source);
    case 'strong':
      return `<strong>${inlineHtml(part.content)}</strong>`;
    case 'emphasis':
      return `<em>${inlineHtml(part.content)}</em>`;
    case 'break':
      return '<br>';
    case 'code':
      return `<code>${html(part.text)}</code>`;
    case 'link':
      return `<a href="${html(safeAddress(part.href))}" rel="noreferrer">${inlineHtml(part.content)}</a>`;
  }
}

import type { RunRow } from '../../../core/store/run-row.js';
import { plainText } from '../inline.js';
import type { PageAssets } from '../page/assets.js';
import { blocksHtml } from '../page/blocks-html.js';
import { html, htmlLines } from '../page/html.js';
import { inlineHtml } from '../page/inline-html.js';
import type { PageLinks } from '../page/page-links.js';
import { HINT, pageOf } from '../page/page.js';
import type { Prose, ProseTable } from './prose.js';

/** What a page of an author's text is made with. */
export interface ProsePage {
  /** Title of a text without a heading. */
  readonly title: string;
  /** The runs that its numbers lead to. */
  readonly runs: readonly RunRow[];
  readonly links: PageLinks;
}

/** An author's text as a page; a heading of the first level at its beginning is its title. */
export async function prosePage(
  prose: readonly Prose[],
  { title, runs, links }: ProsePage,
  assets: PageAssets,
): Promise<string> {
  const [first] = prose;
  const hasTitle = first?.kind === 'heading' && first.level === 1;
  const own = hasTitle ? plainText(first.content) : title;
  const parts: { id: string; title: string }[] = [];
  const named = prose.map((one): string | null => {
    if (one.kind !== 'heading' || one.level !== 2) return null;
    const id = `part-${parts.length + 1}`;
    parts.push({ id, title: plainText(one.content) });
    return id;
  });
  const content = hasTitle ? [] : [`<h1>${html(title)}</h1>`, HINT];
  for (const [place, one] of prose.entries()) {
    content.push(await proseHtml(one, links, named[place]));
    if (hasTitle && place === 0) content.push(HINT);
  }
  return pageOf({ title: own, parts, content: content.join('\n'), runs }, assets);
}

async function proseHtml(
  prose: Prose,
  links: PageLinks,
  id: string | null = null,
): Promise<string> {
  switch (prose.kind) {
    case 'heading': {
      const named = id === null ? '' : ` id="${id}"`;
      return `<h${prose.level}${named}>${inlineHtml(prose.content)}</h${prose.level}>`;
    }
    case 'paragraph':
      return prose.isTight ? inlineHtml(prose.content) : `<p>${inlineHtml(prose.content)}</p>`;
    case 'code':
      return `<pre class="scroll" tabindex="0"><code>${htmlLines(prose.text.trimEnd())}</code></pre>`;
    case 'quote':
      return `<blockquote>\n${await allHtml(prose.content, links)}\n</blockquote>`;
    case 'list': {
      const { start } = prose;
      const items: string[] = [];
      for (const item of prose.items) items.push(`<li>${await allHtml(item, links)}</li>`);
      const body = items.join('\n');
      return start === null ? `<ul>\n${body}\n</ul>` : `<ol start="${start}">\n${body}\n</ol>`;
    }
    case 'table':
      return tableHtml(prose);
    case 'rule':
      return '<hr>';
    case 'blocks':
      return await blocksHtml(prose.blocks, links);
  }
}

async function allHtml(prose: readonly Prose[], links: PageLinks): Promise<string> {
  const parts: string[] = [];
  for (const one of prose) parts.push(await proseHtml(one, links));
  return parts.join('\n');
}

function tableHtml({ columns, rows }: ProseTable): string {
  const align = (index: number): string => {
    const side = columns[index]?.align ?? 'left';
    return side === 'left' ? '' : ` class="${side}"`;
  };
  const head = columns.map(
    ({ title }, index) => `<th scope="col"${align(index)}>${inlineHtml(title)}</th>`,
  );
  const body = rows.map(
    (row) =>
      `<tr>${row.map((cell, index) => `<td${align(index)}>${inlineHtml(cell)}</td>`).join('')}</tr>`,
  );
  return [
    '<div class="table"><div class="scroll" tabindex="0" role="region" aria-label="Table">',
    `<table><thead><tr>${head.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`,
    '</div></div>',
  ].join('\n');
}

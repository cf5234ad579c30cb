import type { Block, SamplesBlock } from '../report.js';
import { figureHtml } from './figure-html.js';
import { html, htmlLines } from './html.js';
import { inlineHtml } from './inline-html.js';
import type { PageLinks } from './page-links.js';
import { runsAddress } from './runs-address.js';
import { tableHtml } from './table-html.js';

/** Blocks of a section as HTML. */
export async function blocksHtml(blocks: readonly Block[], links: PageLinks): Promise<string> {
  const parts: string[] = [];
  for (const block of blocks) parts.push(await blockHtml(block, links));
  return parts.join('\n');
}

async function blockHtml(block: Block, links: PageLinks): Promise<string> {
  switch (block.kind) {
    case 'heading': {
      const tag = block.level === 1 ? 'h3' : 'h4';
      return `<${tag}>${html(block.text)}</${tag}>`;
    }
    case 'text':
      return `<p>${inlineHtml(block.text)}</p>`;
    case 'list': {
      const items = block.items.map(({ label, text }) => {
        const before = label === null ? '' : `<strong>${html(label)}</strong>: `;
        return `<li>${before}${inlineHtml(text)}</li>`;
      });
      return `<ul>\n${items.join('\n')}\n</ul>`;
    }
    case 'table':
      return tableHtml(block, links);
    case 'figure':
      return await figureHtml(block, links);
    case 'code':
      return `<pre class="scroll" tabindex="0"><code>${htmlLines(block.text.trimEnd())}</code></pre>`;
    case 'samples':
      return samplesHtml(block);
    case 'details':
      return [
        `<details><summary>${html(block.summary)}</summary>`,
        await blocksHtml(block.blocks, links),
        '</details>',
      ].join('\n');
  }
}

/** The attributes are what the page's script compares sets by. */
function samplesHtml({
  label,
  run,
  seq,
  stage,
  epoch,
  temperature,
  texts,
  total,
}: SamplesBlock): string {
  const count = texts.length < total ? `${texts.length} of ${total}` : String(total);
  const source = `texts of run ${run}, event ${seq}, epoch ${epoch}`;
  const items = texts.map((text) =>
    text.trim() === '' ? '<li class="empty">(empty text)</li>' : `<li>${html(text)}</li>`,
  );
  return [
    `<div class="samples" data-run="${html(run)}" data-stage="${stage}" data-epoch="${epoch}" data-temperature="${temperature}">`,
    `<p class="label">${html(label)} <a class="number" href="${html(runsAddress([run]))}" title="${html(source)}">(${count})</a></p>`,
    `<ol>\n${items.join('\n')}\n</ol>`,
    '</div>',
  ].join('\n');
}

import type { FigureSpec } from '../../figures/chart-theme.js';
import { pageFigure } from './page-figure.js';
import { FIGURES_FOLDER } from '../output-paths.js';
import type { FigureFile } from '../formats.js';
import type { FigureBlock } from '../report.js';
import { html, scriptJson } from './html.js';
import { inlineHtml } from './inline-html.js';
import type { PageLinks } from './page-links.js';
import { figureTitle } from '../figure-title.js';

const TITLES: Readonly<Record<FigureFile, string>> = {
  svg: 'SVG',
  png: 'PNG',
  pdf: 'PDF',
  'vl.json': 'Vega-Lite',
};

/** A figure that the page's script draws; its files are linked. */
export async function figureHtml(
  block: FigureBlock,
  { figures }: Pick<PageLinks, 'figures'>,
): Promise<string> {
  const data = await figureJson(block.spec);
  const { title, subtitle } = figureTitle(block.spec);
  const id = html(block.file);
  const links = figures.map(
    (file) =>
      `<a href="${html(`${FIGURES_FOLDER}/${encodeURIComponent(`${block.file}.${file}`)}`)}">${TITLES[file]}</a>`,
  );
  return [
    `<figure id="${id}" data-figure>`,
    `<figcaption>`,
    title === null ? '' : `<span class="title">${html(title)}</span>`,
    ...subtitle.map((line) => `<span class="subtitle">${html(line)}</span>`),
    block.caption.length === 0 ? '' : `<span class="subtitle">${inlineHtml(block.caption)}</span>`,
    '</figcaption>',
    '<div class="tools"></div>',
    `<div class="plot" role="img" aria-label="${html(block.alt)}"><p class="waiting">The figure is drawn by a script.</p></div>`,
    '<details class="numbers"><summary>Numbers of the figure</summary></details>',
    links.length === 0 ? '' : `<p class="files">${links.join(' ')}</p>`,
    `<script type="application/json">${data}</script>`,
    '</figure>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** What is compiled for one page of a report, the one to read, also stands in the other, which is printed. */
const COMPILED = new WeakMap<FigureSpec, string>();

async function figureJson(spec: FigureSpec): Promise<string> {
  const known = COMPILED.get(spec);
  if (known !== undefined) return known;
  const json = scriptJson(await pageFigure(spec));
  COMPILED.set(spec, json);
  return json;
}

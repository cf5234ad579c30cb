import { createHash } from 'node:crypto';
import type { Report } from '../report.js';
import type { PageAssets } from './assets.js';
import { blocksHtml } from './blocks-html.js';
import { html, scriptJson } from './html.js';
import type { RunRow } from '../../../core/store/run-row.js';
import type { PageLinks } from './page-links.js';
import { runData } from './run-data.js';

/** A report as a page. */
export async function renderPage(
  report: Report,
  assets: PageAssets,
  links: PageLinks,
): Promise<string> {
  const sections: string[] = [];
  for (const { sweep, title, blocks } of report.sections) {
    sections.push(
      `<section class="sweep" id="sweep-${html(sweep)}" aria-label="${html(sweep)}">\n` +
        `<h2>${html(title)}</h2>\n${await blocksHtml(blocks, links)}\n</section>`,
    );
  }
  return pageOf(
    {
      title: report.title,
      parts: report.sections.map(({ sweep }) => ({ id: `sweep-${sweep}`, title: sweep })),
      content: `<h1>${html(report.title)}</h1>\n${HINT}\n${sections.join('\n')}`,
      runs: report.runs,
    },
    assets,
  );
}

/** What a reader can do with the numbers. */
export const HINT =
  '<p class="hint">A number leads to where it comes from: point at it for its run and event, follow it for configuration, ' +
  'device and durations of its runs. With the keyboard: the arrow keys go from number to number of a table, Enter follows ' +
  'one.</p>';

/** What differs from page to page. */
export interface PageContent {
  readonly title: string;
  /** What the bar at the top leads to, by the ids of elements of the content. */
  readonly parts: readonly { readonly id: string; readonly title: string }[];
  /** HTML. */
  readonly content: string;
  /** The runs that its numbers lead to. */
  readonly runs: readonly RunRow[];
}

/**
 * One HTML file that needs nothing else: style, script, figures and data are in it.
 *
 * **Safety**: its policy allows no request and no code but its own script.
 *
 * @param content HTML in which all texts are escaped
 */
export function pageOf(
  { title, parts, content, runs }: PageContent,
  { style, script }: PageAssets,
): string {
  const links = parts.map((part) => `<a href="#${html(part.id)}">${html(part.title)}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>
${style}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header class="bar"><nav aria-label="Parts">${links.join(' ')}</nav></header>
<main id="report" tabindex="-1">
${content}
</main>
<script type="application/json" id="run-data">${scriptJson(runData(runs))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Only this script, nothing from anywhere, and no code that is made from text. */
function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'", // Vega sets styles on its elements
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

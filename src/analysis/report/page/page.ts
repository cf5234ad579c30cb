import { createHash } from 'node:crypto';
import type { Report } from '../report.js';
import type { PageAssets } from './assets.js';
import { blocksHtml } from './blocks-html.js';
import { html, scriptJson } from './html.js';
import type { PageLinks } from './page-links.js';
import { runData } from './run-data.js';

/**
 * A report as one HTML file that needs nothing else: style, script, figures and data are in it.
 *
 * **Safety**: its policy allows no request and no code but its own script; all texts are escaped.
 */
export async function renderPage(
  report: Report,
  { style, script }: PageAssets,
  links: PageLinks,
): Promise<string> {
  const sections: string[] = [];
  for (const { sweep, title, blocks } of report.sections) {
    sections.push(
      `<section class="sweep" id="sweep-${html(sweep)}" aria-label="${html(sweep)}">\n` +
        `<h2>${html(title)}</h2>\n${await blocksHtml(blocks, links)}\n</section>`,
    );
  }
  const sweeps = report.sections.map(
    ({ sweep }) => `<a href="#sweep-${html(sweep)}">${html(sweep)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(report.title)}</title>
<style>
${style}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header class="bar"><nav aria-label="Sweeps">${sweeps.join(' ')}</nav></header>
<main id="report" tabindex="-1">
<h1>${html(report.title)}</h1>
<p class="hint">Every number leads to the run it comes from: point at it for the event, follow it for configuration, device and durations.</p>
${sections.join('\n')}
</main>
<script type="application/json" id="run-data">${scriptJson(runData(report.runs))}</script>
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

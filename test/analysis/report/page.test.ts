import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/analysis/report/build-report.js';
import { html, scriptJson } from '../../../src/analysis/report/page/html.js';
import { renderPage } from '../../../src/analysis/report/page/page.js';
import { listRuns } from '../../../src/core/store/run-queries.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { recordStudy } from '../example-study.js';

const LINKS = { figures: ['svg', 'png'], tables: true } as const;
const ASSETS = { style: '', script: 'start();' };

describe('the page of a report', () => {
  it('links each number to its run and names the event', async () => {
    const { db } = recordStudy(temporaryFolder());
    const [small] = listRuns(db, { sweep: 'q2' });
    const page = await renderPage(buildReport(db, ['q2', 'q4']), ASSETS, LINKS);
    db.close();
    const id = small?.id ?? '';
    expect(page).toContain(
      `<td class="right" data-value="98.125"><a class="number" href="#run-${id}" ` +
        `title="test.nll of run ${id}, event 14, epoch 2" tabindex="-1">98.13</a></td>`,
    );
    expect(page).toContain(`["Seed","1"]`);
    expect(page).toContain('id="q2_curves"');
    expect(page).toContain('<a href="figures/q2_curves.svg">SVG</a>');
    expect(page).toContain('<a href="figures/q2_curves.png">PNG</a>');
    expect(page).not.toContain('q2_curves.pdf');
    expect(page).toContain('<a href="tables/q2_results.csv">CSV</a>');
  });

  it('allows its own script only and asks for nothing', async () => {
    const { db } = recordStudy(temporaryFolder());
    const page = await renderPage(buildReport(db, ['q2']), ASSETS, LINKS);
    db.close();
    // SHA-256 of `start();`, by openssl.
    expect(page).toContain(
      `default-src 'none'; script-src 'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c='`,
    );
    expect(page).not.toMatch(/<(?:img|link|iframe)\b|(?:src|href)="(?:https?:)?\/\//);
  });

  it('lets no text of a run break out', async () => {
    const { db } = recordStudy(temporaryFolder());
    const page = await renderPage(buildReport(db, ['q2', 'q4']), ASSETS, LINKS);
    db.close();
    const outside = page.replace(/<script[^>]*>.*?<\/script>/gs, '');
    expect(outside).not.toMatch(/<script|alert\(1\)<\/script|<b>/);
    expect(outside).not.toContain('\u202e');
    expect(page.match(/<script/g)).toHaveLength(page.match(/<\/script>/g)?.length ?? 0);
  });

  it('escapes any text for tags and attributes, and any value for a script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html(text)).not.toMatch(/[<>"'\n\u202e]|&(?!amp;|lt;|gt;|quot;|#39;)/);
        const json = scriptJson({ text });
        expect(json).not.toMatch(/[<\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

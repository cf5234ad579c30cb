import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../../../src/analysis/report/build-report.js';
import type { Report } from '../../../../src/analysis/report/report.js';
import { renderLatex } from '../../../../src/analysis/report/tex/latex.js';
import { inlineLatex } from '../../../../src/analysis/report/tex/inline-latex.js';
import { value } from '../../../../src/analysis/report/inline.js';
import { reportDocument } from '../../../../src/analysis/report/report-document.js';
import { writeReport } from '../../../../src/analysis/report/write-report.js';
import { recorded } from '../../../../src/analysis/provenance.js';
import { setInLatex, workingPdflatex } from '../../../support/pdflatex.js';
import { sharedTemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.js';
import { recordStudy, RUNS } from '../../example-study.js';

const PDFLATEX = workingPdflatex();
const skipped = PDFLATEX === undefined ? ' (skipped: no pdflatex that works)' : '';

const results = sharedTemporaryFolder();
let report: Report;
beforeAll(() => {
  const { db } = recordStudy(results);
  report = buildReport(db, ['q2', 'q4']);
  db.close();
});

describe('a report in LaTeX', () => {
  it('has booktabs tables with the numbers of the database and their sources', () => {
    const latex = renderLatex(report);
    expect(latex).toContain(
      '1 & small & completed & 1\\,234 & 2 & 95.75 & 5.0395 & 0.8060 & 98.13 & 5.1645 & 0.7875',
    );
    expect(latex).toContain(
      `\n% row 1, column 9: 98.125 = test.nll of run ${RUNS.small.id}, event 14, epoch 2\n`,
    );
    expect(latex.match(/\\toprule/g)).toHaveLength(latex.match(/\\bottomrule/g)?.length ?? 0);
  });

  it('has the source of a number in running text behind it, and loses no space', () => {
    const nll = value('98.13', recorded('65decb3bf032', 'test.nll', { seq: 41, epoch: 7 }));
    expect(inlineLatex(['NLL ', nll, ' nats'])).toBe(
      'NLL 98.13% test.nll of run 65decb3bf032, event 41, epoch 7\n{} nats',
    );
  });

  it('sets a table of many rows over pages', () => {
    const [section] = report.sections;
    const tables = section!.blocks.filter((block) => block.kind === 'table');
    const [table] = tables;
    const rows = Array.from({ length: 41 }, () => table!.table.rows[0]!);
    const blocks = [{ ...table!, table: { ...table!.table, rows } }];
    const latex = renderLatex({ ...report, sections: [{ ...section!, blocks }] });
    expect(latex).toContain('\\begin{longtable}');
    expect(latex).not.toContain('\\begin{table}');
  });

  it.skipIf(PDFLATEX === undefined)(
    `is set by pdflatex, whatever the runs are called${skipped}`,
    async () => {
      const folder = temporaryFolder();
      const assets = { style: '', script: '' };
      await writeReport(reportDocument(report), folder, { formats: new Set(['tex']), assets });
      setInLatex(PDFLATEX!, folder, 'report.tex');
      expect(readFileSync(join(folder, 'report.pdf'), 'latin1')).toMatch(/^%PDF/);
      const log = readFileSync(join(folder, 'report.log'), 'utf8');
      expect(log).not.toMatch(/^!|Missing character/m);
    },
  );
});

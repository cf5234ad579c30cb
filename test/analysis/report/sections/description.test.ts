import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../../src/analysis/report/build-report.js';
import { definitionProse } from '../../../../src/analysis/report/definition-prose.js';
import { reportDocument } from '../../../../src/analysis/report/report-document.js';
import { renderTemplate } from '../../../../src/analysis/report/template/render-template.js';
import { templateDocument } from '../../../../src/analysis/report/template/template-document.js';
import { createRecorder } from '../../../../src/core/store/recorder.js';
import { openForReading } from '../../../../src/core/store/database.js';
import { exampleSweep } from '../../../core/store/example-runs.js';
import { temporaryResults } from '../../../support/temporary-results.js';

const DEFINITION = `# study
name: study
description: >-
  What do budgets buy?
  <script>alert(1)</script> $x^2$ 100% _a_ | [x](javascript:alert(1))

  \\input{/etc/passwd} --> </section>
runs:
  - { name: small, model.embedding: 8, notes: "as <b>published</b>,\\n& again" }
  - { name: large, model.embedding: 48 }
`;

describe('what a definition says to its readers', () => {
  it('stands below the title in every format, and is nothing but text', async () => {
    const paths = temporaryResults();
    const recorder = createRecorder(paths);
    recorder.recordSweep({ ...exampleSweep('study', []), definitionText: DEFINITION });
    recorder.close();
    const db = openForReading(paths.database);
    const report = reportDocument(buildReport(db, ['study']));
    const template = { file: 'mine.md', text: '{{ sweep.study.description }}\n' };
    const filled = templateDocument(renderTemplate(db, ['study'], template)).markdown();
    db.close();

    expect(report.markdown()).toContain(
      '## study: The sweep study\n\n' +
        'What do budgets buy? &lt;script&gt;alert(1)&lt;/script&gt; \\$x^2\\$ 100% \\_a\\_ \\| \\[x\\](javascript:alert(1))\n\n' +
        '\\\\input{/etc/passwd} --&gt; &lt;/section&gt;\n\n' +
        '- **Sweep**: study, 0 runs\n- **Definition**: experiments/study.yaml\n\n' +
        '### Notes\n\n' +
        '- **small**: noted in the definition: as &lt;b&gt;published&lt;/b&gt;, &amp; again\n',
    );
    const page = await report.page({ style: '', script: '' }, { figures: [], tables: false });
    expect(page).toContain(
      '<h2>study: The sweep study</h2>\n' +
        '<p>What do budgets buy? &lt;script&gt;alert(1)&lt;/script&gt; $x^2$ 100% _a_ | [x](javascript:alert(1))</p>\n' +
        '<p>\\input{/etc/passwd} --&gt; &lt;/section&gt;</p>\n',
    );
    expect(page).toContain(
      ': noted in the definition: as &lt;b&gt;published&lt;/b&gt;, &amp; again</li>',
    );
    expect(filled).toMatch(/^What do budgets buy\? &lt;script&gt;.* --&gt; &lt;\/section&gt;\n$/);
    const latex = report.latex();
    expect(latex).toContain('\\textbackslash{}input\\{/etc/passwd\\}');
    expect(latex).toContain('\\$x\\textasciicircum{}2\\$ 100\\% \\_a\\_');
    expect(latex).not.toContain('\\input{/etc');
  });

  it('has a paragraph where the file has an empty line, however it is written', () => {
    const written = [
      'description: |\n  one\n  goes on\n\n  two\n',
      'description: >\n  one\n  goes on\n\n  two\n',
      'description: one\n  goes on\n\n  two\n',
      'description: "one\n  goes on\n\n  two"\n',
    ];
    for (const text of written)
      expect(definitionProse(text).description).toEqual(['one goes on', 'two']);
  });

  it('is nothing where it says nothing, or is no definition any more', () => {
    const nothing = { description: [], notes: [] };
    for (const text of ['name: study\n', 'description: ""\n', '', 'runs: [', 'description: 5\n'])
      expect(definitionProse(text)).toEqual(nothing);
    // Aliases that would multiply to gigabytes.
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, other] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'])
      bomb.push(`${other}: &${other} [${Array(10).fill(`*${one}`).join(', ')}]`);
    expect(definitionProse(`${bomb.join('\n')}\ndescription: *i\n`)).toEqual(nothing);
  });
});

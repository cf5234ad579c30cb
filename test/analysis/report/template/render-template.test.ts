import { describe, expect, test } from 'vitest';
import { listRuns } from '../../../../src/core/store/run-queries.js';
import { filledMarkdown } from '../../../../src/analysis/report/template/filled-template.js';
import { renderTemplate } from '../../../../src/analysis/report/template/render-template.js';
import { templateDocument } from '../../../../src/analysis/report/template/template-document.js';
import { buildReport } from '../../../../src/analysis/report/build-report.js';
import { renderMarkdown } from '../../../../src/analysis/report/markdown.js';
import { sharedTemporaryFolder } from '../../../support/temporary-folder.js';
import { analyzeSweep } from '../../../../src/analysis/analyze.js';
import {
  epoch,
  exampleRun,
  inRecordedSweeps,
  samples,
  started,
} from '../../../core/store/example-runs.js';
import { HOSTILE_NAME, recordStudy, RUNS } from '../../example-study.js';

const { db } = recordStudy(sharedTemporaryFolder());
const [small] = listRuns(db, { sweep: 'q2' });
const report = renderMarkdown(buildReport(db, ['q2']));

function fill(text: string, sweeps = ['q2']): string {
  return filledMarkdown(renderTemplate(db, sweeps, { file: 'report.md.liquid', text }).filled);
}

/** The text of the error that a template gives. */
function errorOf(text: string, sweeps = ['q2']): string {
  try {
    return `no error but: ${fill(text, sweeps)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without the comments that say where numbers come from. */
function shown(markdown: string): string {
  return markdown.replace(/<!-- .*? -->/gs, '');
}

describe('a value of a template', () => {
  test('is filled in with the run and the event it comes from', () => {
    expect(fill('NLL {{ run.small.test.nll | round: 1 }}, done.\n')).toBe(
      `NLL 98.1<!-- test.nll of run ${RUNS.small.id}, event ${small!.testSeq!}, epoch 2 -->, done.\n`,
    );
  });

  test.each([
    ['run.small.test.nll', '98.13'],
    ['run.small.test.nllPerCharacter', '5.1645'],
    ['run["small"].test.top1', '0.7875'],
    ['run.small.test.top1 | percent: 1', '78.8%'],
    ['run.small.val.nll', '95.75'],
    ['run.small.final.val.nll', '96.00'],
    ['run.small.epochs', '6'],
    ['run.small.parameters', '1\u202f234'],
    ['run.small.state', 'completed'],
    ['run.small.config.model.embedding', '8'],
    ['run.planned.test.nll', '–'],
    ['run.planned.test.nll | minus: run.small.test.nll | round: 2', '–'],
    ['run.small.test.nll | minus: run.replica.test.nll | round: 2', '−1.50'],
    ['run.small.test.nll | divided_by: 2', '49.0625'],
    ['sweep.q2.best.name', 'small'],
    ['sweep.q2.best.name | capitalize', 'Small'],
    ['sweep.q2.run.replica.seed', '2'],
    ['sweep.q2.count', '5'],
  ])('{{ %s }} is shown as %s', (expression, text) => {
    expect(shown(fill(`{{ ${expression} }}`))).toBe(text);
  });

  test('names every run that went into a calculation', () => {
    expect(fill('{{ run.small.test.nll | minus: run.replica.test.nll }}')).toContain(
      `<!-- minus(test.nll, test.nll) of 2 runs: ${RUNS.small.id}, ${RUNS.replica.id} -->`,
    );
  });

  test('can be compared and gone through', () => {
    expect(
      shown(
        fill(
          '{% for r in sweep.q2.runs %}{% if r.test.nll < 99 %}{{ r.name }} {{ r.test.nll }}{% endif %}{% endfor %}' +
            '{% if run.small.test.nll == 98.125 %}, exactly{% endif %}',
        ),
      ),
    ).toBe('small 98.13, exactly');
  });

  test('shows a text of the database without its markup', () => {
    const name = `{{ run['${HOSTILE_NAME}'].name }}`;
    const markdown = fill(`<b title="${name}">x</b> {{ sweep.q2.title }}`);
    expect(markdown).toBe(
      '<b title="big\\|&lt;script&gt;\\`x\\`&lt;/script&gt;&amp;\\*y\\*">x</b> Budgets \\| &lt;b&gt;bold&lt;/b&gt;',
    );
  });

  test('cannot be taken away from its source', () => {
    for (const property of ['valueOf', 'constructor', 'toInline', '__proto__', 'value'])
      expect(errorOf(`{{ run.small.test.nll.${property} }}`)).toMatch(
        /^report\.md\.liquid:1:4 {2}unknown name run\.small\.test\.nll\./,
      );
    expect(errorOf('{{ sweep.q2.runs.size }}')).toContain('this number comes from no run');
  });
});

describe('a block of a template', () => {
  test('is the one of the full report, parted by empty lines', () => {
    const table = fill('{% table final %}');
    expect(report).toContain(`\n\n${table}\n\n`);
    expect(table).toContain('\n| small ');
    expect(table).toContain('<!-- table final\nrow 1, column 2: ');
    expect(fill('Before\n{% table final %}\nafter')).toBe(`Before\n\n${table}\n\nafter`);
    expect(fill('Before\n\n{% table "q2.final" %}\n\nafter')).toBe(`Before\n\n${table}\n\nafter`);
  });

  test('can be a figure, whose file is then written', () => {
    const template = { file: 'a.md', text: '{% figure curves %}\n' };
    const { markdown, figures } = templateDocument(renderTemplate(db, ['q2'], template));
    expect(markdown()).toMatch(/^!\[NLL over the epochs .*\]\(figures\/q2_curves\.svg\)\n$/);
    expect(figures.map(({ file }) => file)).toEqual(['q2_curves']);
  });

  test('can be the texts that a run sampled at its end, fenced', () => {
    expect(fill('{% samples cool %}', ['q4'])).toMatch(
      /^Temperature 0\.1 \(.*\):\n\n(`{3,})text\n[^]*\nTemperature 1 /,
    );
  });
});

test('a run has each of its names, in one sweep and in several', () => {
  const run = {
    file: exampleRun(7),
    events: [
      started(),
      epoch(0, 50),
      samples('final', 0, 1, ['a text of it']),
      { type: 'completed' as const, reason: 'max-epochs' as const, seconds: 1 },
    ],
  };
  const others = [8, 9].map((seed) => ({ file: exampleRun(seed), events: [] }));
  const text =
    '{{ sweep.one.run.case-a.seed }} {{ sweep.one.run.case-b.seed }} {{ run.case-c.seed }}\n\n' +
    '{% samples one.case-a %}\n{% samples one.case-b %}\n{% samples two.case-c %}\n';
  const { markdown, notes } = inRecordedSweeps(
    { one: [run, run], two: [...others, run] },
    (database) => ({
      markdown: filledMarkdown(
        renderTemplate(database, ['one', 'two'], { file: 'a.md', text }).filled,
      ),
      notes: analyzeSweep(database, 'one').notes,
    }),
  );
  expect(shown(markdown)).toMatch(/^7 7 7\n/);
  expect(markdown.match(/^a text of it$/gm)).toHaveLength(3);
  expect(notes).toContainEqual({
    run: 'case-a',
    text: 'is case-b as well: the same configuration and seed, done once',
  });
});

describe('a wrong template', () => {
  test.each([
    ['text\n\n  {{ run.smal.test.nll }}', '3:6  unknown run smal\n    Did you mean run.small?'],
    [
      '{{ run.small.nll }}',
      '1:4  unknown name run.small.nll\n    Did you mean run.small.test.nll?',
    ],
    [
      '{{ run.small.tests.nll }}',
      '1:4  unknown name run.small.tests\n    Did you mean run.small.test?',
    ],
    ['{{ runs.small }}', '1:4  unknown name runs\n    Did you mean run?'],
    [
      '{% for r in sweep.q2.runs %}{{ r.test.nnl }}{% endfor %}',
      '1:32  unknown name r.test.nnl\n    Did you mean test.nll?',
    ],
    ['{{ sweep.q3.best.name }}', '1:4  unknown sweep q3\n    Did you mean sweep.q2?'],
    [
      '{{ run.small.test }}',
      '1:1  this is not one value but several\n    Name one of them: nll, nllPerCharacter, top1.',
    ],
    ['{% table finl %}', '1:1  the report has no table finl\n    Did you mean final?'],
    ['{% figure curve %}', '1:1  the report has no figure curve\n    Did you mean curves?'],
    ['{{ run.small.seed | rond: 2 }}', '1:1  unknown filter rond\n    Did you mean round?'],
    ['{% tabel final %}', '1:1  unknown tag tabel\n    Did you mean table?'],
    ['{% if true %}', '1:1  tag {% if true %} not closed\n    Tags stand in'],
    ['a {{ run.small', '1:3  output "{{ run.small" not closed\n    Tags stand in'],
    [
      '{{ run.small.seed | round: run.small.seed }}',
      '1:1  round must be followed by a number of decimals from 0 to 20',
    ],
    ['Text {% table final %}', '1:6  table must stand at the beginning of a line of its own'],
    ['{% table %}', '1:1  table must be followed by one name'],
  ])('%j is told with line, column and a suggestion', (text, message) => {
    expect(errorOf(text)).toContain(`report.md.liquid:${message}`);
  });

  test('is told everything at once', () => {
    expect(errorOf('{{ run.a }}\n{% table b %}\n{{ run.a }}').match(/liquid:\d+/g)).toEqual([
      'liquid:1',
      'liquid:2',
      'liquid:3',
    ]);
  });

  test('must say which sweep it means where several have the name', () => {
    expect(errorOf('{% table provenance %}', ['q2', 'q4'])).toBe(
      'report.md.liquid:1:1  table provenance is in q2 and q4\n    Say which: {% table q2.provenance %}',
    );
    expect(fill('{% table q4.provenance %}', ['q2', 'q4'])).toContain('| cool ');
  });

  test.each(['include', 'render', 'layout', 'block', 'capture', 'echo', 'liquid', 'tablerow'])(
    '%s is refused: no file is read and nothing is written unescaped',
    (tag) => {
      expect(errorOf(`{% ${tag} "package.json" %}`)).toContain(`1:1  unknown tag ${tag}\n`);
    },
  );

  test.each(['raw', 'escape', 'date', 'json', 'where'])('the filter %s is refused', (filter) => {
    expect(errorOf(`{{ run.small.name | ${filter} }}`)).toContain(`unknown filter ${filter}\n`);
  });

  test('ends when it would go on for too long', () => {
    const limits = { renderMs: 1000, elements: 1000, outputs: 50 };
    const within = (text: string) => (): unknown =>
      renderTemplate(db, ['q2'], { file: 'a.md', text }, limits);
    expect(within('{% for i in (1..1000000000) %}{% endfor %}')).toThrow(
      'a.md:1:1  the template cannot be filled in: memory alloc limit exceeded\n    Look for a loop',
    );
    expect(within('\n{% for i in (1..51) %}{{ run.small.name }}{% endfor %}')).toThrow(
      'a.md:2:23  the template cannot be filled in: output limit exceeded',
    );
    const loop = '{% for i in (1..20) %}';
    const nested = `${loop.repeat(20)}${'{% endfor %}'.repeat(20)}`;
    expect(() =>
      renderTemplate(
        db,
        ['q2'],
        { file: 'a.md', text: nested },
        { ...limits, renderMs: 1, elements: 1e9 },
      ),
    ).toThrow('the template cannot be filled in: template render limit exceeded');
  });
});

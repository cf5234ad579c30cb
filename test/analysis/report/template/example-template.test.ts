import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { templateDocument } from '../../../../src/analysis/report/template/template-document.js';
import { renderTemplate } from '../../../../src/analysis/report/template/render-template.js';
import { createRecorder } from '../../../../src/core/store/recorder.js';
import { sharedTemporaryFolder } from '../../../support/temporary-folder.js';
import { COOL, recordStudy, RUNS } from '../../example-study.js';

test('the example template can be filled in with the runs of the quickstart', () => {
  const { paths, db } = recordStudy(sharedTemporaryFolder());
  const runs = {
    tiny: RUNS.replica,
    small: RUNS.broken,
    medium: RUNS.small,
    'fewer-texts': RUNS.big,
    temperatures: COOL,
  };
  const recorder = createRecorder(paths);
  recorder.recordSweep({
    name: 'quickstart',
    title: 'The study in small',
    definitionFile: 'experiments/quickstart.yaml',
    definitionText: readFileSync('experiments/quickstart.yaml', 'utf8'),
    objective: null,
    recordedAt: '2026-01-02T03:00:00.000Z',
    runs: Object.entries(runs).map(([name, { id }]) => ({
      name,
      runId: id,
      changes: {},
      replicate: null,
    })),
  });
  recorder.close();
  const text = readFileSync('experiments/quickstart.md.liquid', 'utf8');
  const template = { file: 'example', text };
  const { markdown, figures, latex } = templateDocument(
    renderTemplate(db, ['quickstart'], template),
  );
  db.close();
  // The page and LaTeX can show all of it.
  expect(latex()).toContain('\\title{The study in small}');
  const shown = markdown().replace(/<!-- .*? -->/gs, '');
  expect(shown).toMatch(/^# The study in small\n\nWhich size/);
  expect(shown).toContain('Medium comes out first');
  expect(shown).toContain('changes by\n−1.50 nats');
  expect(shown).toContain(
    '| Run | Test NLL | r of NLL and top-1 |\n| --- | ---: | ---: |\n| tiny | 99.63 | ',
  );
  expect(shown).toMatch(/\| tiny .*\n\| medium \| 98\.13 \| −0\.\d+ \|\n\n## Temperature\n\nTemp/);
  expect(figures.map(({ file }) => file)).toEqual(['quickstart_curves']);
  // Every definition names its runs as the template does.
  for (const name of Object.keys(runs))
    expect(readFileSync('experiments/quickstart.yaml', 'utf8')).toContain(`name: ${name}\n`);
});

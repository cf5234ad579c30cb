import { cleanup } from 'ink-testing-library';
import { afterAll, afterEach, expect, test } from 'vitest';
import { writeAnnotations } from '../../src/core/run-folder/annotations.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { cellWidth } from '../../src/tui/text/cells.js';
import { sharedTemporaryResults } from '../support/temporary-results.js';
import { createExampleStudy } from './example-study.js';
import { renderDashboard } from './render-dashboard.js';
import { settle } from './settle.js';
import { TestScreen } from './test-screen.js';

const study = createExampleStudy(sharedTemporaryResults());
const recorder = createRecorder(study.paths);
for (const { id } of [study.runs.done, study.runs.busy]) {
  const note = 'colours \u001b[31mred\u001b[0m and a bell \u0007, 学習率 '.repeat(5);
  writeAnnotations(study.paths, id, { note, tags: ['学習', 'e\u0301te'] });
  recorder.recordAnnotations(id);
}
recorder.close();
const model = new DashboardModel(study.paths, 'study');
afterAll(() => {
  model.close();
});
afterEach(cleanup);

/** Keys that lead from one screen to the next. */
const SCREENS = [
  ['table', ''],
  ['groups', 'g'],
  ['run', '\r'],
  ['curves', '\u001b[B c'],
  ['answers', 'a'],
  ['keys', '?'],
] as const;

const SIZES = [
  ...[60, 61, 75, 76, 84, 96, 100, 120, 150].map((columns) => [columns, 16] as const),
  ...[17, 24, 40, 100].flatMap((rows) =>
    [60, 80, 130, 300].map((columns) => [columns, rows] as const),
  ),
];

/** What the two curves of a chart are, in words and signs. */
const LEGEND = /val\S* (?:━━|\*\*) +train\S* (?:╌╌|\.\.)/g;

test.each([{ LANG: 'C.UTF-8' }, { SWEEP_ASCII: '1', NO_COLOR: '1' }])(
  'every screen is whole at every size, with %j',
  async (environment) => {
    const screen = new TestScreen(60, 16);
    const shown = renderDashboard(model, {
      screen,
      environment,
      correlate: () => ({ r: -0.5, low: -0.9, high: 0.1, reason: null }),
    });
    await settle();
    for (const [name, keys] of SCREENS) {
      shown.stdin.write(keys);
      await settle();
      for (const [columns, rows] of SIZES) {
        screen.resize(columns, rows);
        await settle();
        const lines = shown.lastFrame().split('\n');
        const tooWide = lines.filter((line) => cellWidth(line) > columns);
        const place = `${name} at ${columns} x ${rows}`;
        expect([place, tooWide, lines.length]).toEqual([place, [], rows]);
        expect([place, lines.at(-1)]).toEqual([place, expect.stringMatching(/\? keys$/)]);
        if (name === 'run') {
          const [ofNll, ...more] = lines.join('\n').match(LEGEND) ?? [];
          expect([place, more]).toEqual([place, [ofNll]]);
        }
        if (environment.SWEEP_ASCII === '1' && name === 'answers')
          expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
      }
    }
  },
);

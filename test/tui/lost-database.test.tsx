import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cleanup } from 'ink-testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRecorder } from '../../src/core/store/recorder.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { exampleSweep } from '../core/store/example-runs.js';
import { createExampleStudy, type ExampleStudy } from './example-study.js';
import { renderDashboard, type ShownDashboard } from './render-dashboard.js';
import { settle } from './settle.js';
import { TestScreen } from './test-screen.js';

let study: ExampleStudy;
let model: DashboardModel;
let shown: ShownDashboard;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  study = createExampleStudy();
});

async function show(sweep: string): Promise<void> {
  model = new DashboardModel(study.paths, sweep);
  shown = renderDashboard(model, { screen: new TestScreen(60, 16) });
  await settle();
}

afterEach(() => {
  cleanup();
  model.close();
  vi.useRealTimers();
});

/** What stands above the keys when the file has been looked at so often. */
async function aboveTheKeys(looks = 1): Promise<string> {
  for (let look = 0; look < looks; look++) vi.advanceTimersByTime(1000);
  await settle();
  return shown.lastFrame().split('\n').at(-2) ?? '';
}

/** Puts another file into the place of the database. */
function replaceBy(content: string): void {
  const { database } = study.paths;
  writeFileSync(`${database}.other`, content);
  renameSync(`${database}.other`, database);
}

/** Puts the database back that was kept, as one that was built again, in which the sweep has a run less. */
function buildAgain(): void {
  const { paths, runs } = study;
  renameSync(kept(), paths.database);
  const recorder = createRecorder(paths);
  recorder.recordSweep(exampleSweep('study', Object.values(runs).slice(0, -1)));
  recorder.close();
}

const kept = (): string => `${study.paths.database}.kept`;

describe('a dashboard whose database is lost says so and what to do, and goes on when it is built again', () => {
  test.each<[string, string, number, () => void]>([
    [
      'deleted',
      'gone',
      2,
      () => {
        rmSync(study.paths.database);
      },
    ],
    [
      'replaced by another file',
      'damaged',
      1,
      () => {
        replaceBy('no database\n'.repeat(500));
      },
    ],
    [
      'replaced by an empty one',
      'damaged',
      2,
      () => {
        replaceBy('');
      },
    ],
  ])('%s', async (_what, problem, looks, lose) => {
    await show('study');
    expect(await aboveTheKeys()).not.toContain('sweep.db');
    copyFileSync(study.paths.database, kept());
    lose();
    expect(await aboveTheKeys(looks)).toMatch(
      new RegExp(`^sweep\\.db is ${problem}: sweep db rebuild builds it again\\.`),
    );
    expect(shown.lastFrame()).toMatch(/42% of 7$/m);

    buildAgain();
    expect(await aboveTheKeys()).not.toContain('sweep.db');
    expect(shown.lastFrame()).toMatch(/% of 6$/m);
  });

  test('a file that is only just being made is not a lost one', async () => {
    await show('study');
    copyFileSync(study.paths.database, kept());
    replaceBy('');
    expect(await aboveTheKeys()).not.toContain('sweep.db');
    buildAgain();
    expect(await aboveTheKeys()).not.toContain('sweep.db');
    expect(shown.lastFrame()).toMatch(/% of 6$/m);
  });

  test('what is written over a database of which nothing is read now is noticed', async () => {
    const { done, better } = study.runs;
    const recorder = createRecorder(study.paths);
    recorder.recordSweep(exampleSweep('finished', [done, better]));
    recorder.close();
    await show('finished');
    writeFileSync(study.paths.database, 'no database\n'.repeat(50_000));
    expect(await aboveTheKeys()).toMatch(/^sweep\.db is damaged: sweep db rebuild /);
    expect(shown.lastFrame()).toMatch(/100% of 2$/m);
  });
});

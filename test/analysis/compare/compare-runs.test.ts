import { dirname } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare/compare-runs.js';
import { runCompare } from '../../../src/cli/commands/compare.js';
import type { SweepDatabase } from '../../../src/core/store/database.js';
import { sharedTemporaryFolder } from '../../support/temporary-folder.js';
import { exampleRunWith, inRecordedSweep } from '../../core/store/example-runs.js';
import { COOL, HOSTILE_NAME, recordStudy, RUNS } from '../example-study.js';

const results = sharedTemporaryFolder();
let db: SweepDatabase;
beforeAll(() => {
  ({ db } = recordStudy(results));
  return () => db.close();
});

describe('comparing runs', () => {
  test('names the fields that differ, with the value of each run', () => {
    const { configuration } = compareRuns(db, ['small', 'replica', RUNS.big.id]);
    expect(configuration).toEqual([
      { field: 'model.embedding', values: [8, 8, 48] },
      { field: 'seed', values: [1, 2, 1] },
    ]);
  });

  test('has the numbers side by side and marks the best of each', () => {
    const { metrics } = compareRuns(db, ['small', 'q2/replica', RUNS.big.id]);
    const metric = (wanted: string) => {
      const { values, best } = metrics.find(({ name }) => name === wanted)!;
      return { values, best };
    };
    expect(metric('test.nll')).toEqual({ values: [98.125, 99.625, null], best: [0] });
    expect(metric('best.val.top1')).toEqual({ values: [0.806, 0.79, 0.6712], best: [0] });
    expect(metric('epochs')).toEqual({ values: [6, 2, 1], best: [] });
    expect(metric('seconds')).toEqual({ values: [125, 125, 9], best: [] });
  });

  test('puts texts of the same temperature beside one another, across sweeps and kinds of runs', () => {
    const { samples, configuration } = compareRuns(db, ['small', COOL.id]);
    expect(samples.map(({ temperature }) => temperature)).toEqual([0.1, 1]);
    expect(samples[0]!.texts).toEqual([null, ['the the the']]);
    expect(samples[1]!.texts[1]).toEqual(['a warm text']);
    expect(configuration).toContainEqual({ field: 'kind', values: ['train', 'sample'] });
  });

  test('refuses one run under two names, and an unknown one with the closest names', () => {
    expect(() => compareRuns(db, ['small', RUNS.small.id])).toThrow(
      `"small" and "${RUNS.small.id}" are the same run, ${RUNS.small.id}`,
    );
    expect(() => compareRuns(db, ['small', 'replika'])).toThrow(/Did you mean replica/);
  });
});

describe('sweep compare', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function printed(...names: string[]): Promise<string> {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await runCompare(names, { results });
    return write.mock.calls.map(([text]) => String(text)).join('');
  }

  test('prints numbers, differences, curves in braille and texts', async () => {
    vi.stubEnv('LC_ALL', 'C.UTF-8');
    const text = await printed('small', 'replica');
    expect(text).toMatch(/^Runs +a small +b replica$/m);
    expect(text).toMatch(/^test\.nll +\*98\.13 +99\.63$/m);
    expect(text).toMatch(/^seed +1 +2$/m);
    const [, chart] = text.split('Validation NLL over the epochs\n');
    expect(chart).toMatch(/^120\.50 │[⠁-⣿]/);
    expect(chart).toMatch(/a$/m);
    expect(chart).toMatch(/b/);
    expect(text).toMatch(/^a small +b replica$/m);
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test('says all for no limit, and nothing for a run that has no such field', async () => {
    expect(await printed('small', COOL.id)).toMatch(/^dataset\.limit +256 +–$/m);
    const files = [1000, null].map((limit) => exampleRunWith({ limit }));
    const runs = files.map((file) => ({ file, events: [] }));
    const folder = inRecordedSweep('limits', runs, ({ name }) => dirname(name));
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await runCompare(['case-a', 'case-b'], { results: folder });
    const text = write.mock.calls.map(([part]) => String(part)).join('');
    expect(text).toMatch(/^dataset\.limit +1000 +all$/m);
  });

  test('no sequence of a name or a text reaches the terminal', async () => {
    const text = await printed('small', RUNS.big.id);
    expect(text).toContain(HOSTILE_NAME);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('one run is not enough', async () => {
    await expect(runCompare(['small'], { results })).rejects.toThrow(
      'compare takes 2 to 26 runs (got 1)',
    );
  });
});

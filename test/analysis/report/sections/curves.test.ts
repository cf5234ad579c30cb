import { expect, it } from 'vitest';
import { curveBlocks } from '../../../../src/analysis/report/sections/curves.js';
import { loadSection } from '../../../../src/analysis/report/section-data.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { recordStudy } from '../../example-study.js';

it('gives the best twelve of many runs a panel of their own, in the order of the definition', () => {
  const { db } = recordStudy(temporaryFolder());
  const section = loadSection(db, 'q2');
  db.close();
  const [run] = section.runs;
  const [analyzed] = section.analysis.runs;
  const points = section.epochs.get(run!.id);
  // 14 of the same run, the last one the best, and the third without a rank.
  const numbers = Array.from({ length: 14 }, (_, index) => index);
  const named = numbers.map((number) => ({ id: `run${number}`, name: `run-${number}` }));
  const blocks = curveBlocks(
    {
      ...section,
      runs: named.map((name) => ({ ...run!, ...name })),
      epochs: new Map(named.map(({ id }) => [id, points!])),
      analysis: {
        ...section.analysis,
        runs: numbers.map((number) => ({
          ...analyzed!,
          ...named[number]!,
          rank: number === 2 ? null : 14 - number,
        })),
      },
    },
    new Map(),
  );
  const panels = blocks.find((block) => block.kind === 'figure' && block.name === 'run-curves');
  const drawn = [...JSON.stringify(panels).matchAll(/"text":"(run-\d+)"/g)].map(([, name]) => name);
  expect(drawn).toEqual(numbers.filter((n) => n !== 0 && n !== 2).map((n) => `run-${n}`));
  expect(JSON.stringify(panels)).toContain('The best 12 of 14 runs.');
});

import { describe, expect, it } from 'vitest';
import { plainText, sourcesOf } from '../../../../src/analysis/report/inline.js';
import type { ListBlock } from '../../../../src/analysis/report/report.js';
import { temperatureBlocks } from '../../../../src/analysis/report/sections/temperature-text.js';
import { analyzeSweep } from '../../../../src/analysis/analyze.js';
import type { RunAnalysis } from '../../../../src/analysis/sweep-analysis.js';
import { sharedTemporaryFolder } from '../../../support/temporary-folder.js';
import { recordStudy } from '../../example-study.js';

/** A run that was sampled at these temperatures, with a divergence and a length at each. */
function sampled(
  texts: readonly (readonly [temperature: number, divergence: number])[],
): RunAnalysis {
  const { db } = recordStudy(sharedTemporaryFolder());
  const [run] = analyzeSweep(db, 'q4').runs;
  db.close();
  const [sample] = run?.samples ?? [];
  if (run === undefined || sample === undefined) throw new Error('q4 has samples');
  const samples = texts.map(([temperature, trigramDivergence]) => ({
    ...sample,
    temperature,
    trigramDivergence,
    repetition: 0,
  }));
  return { ...run, samples };
}

function lines(runs: readonly RunAnalysis[]): string[] {
  const [list] = temperatureBlocks(runs) as ListBlock[];
  return (list?.items ?? []).map(({ label, text }) => `${label ?? ''}: ${plainText(text)}`);
}

describe('temperatureBlocks', () => {
  const run = sampled([
    [0.01, 0.9],
    [0.5, 0.25],
    [1, 0.5],
  ]);

  it('says how a measure moves, where it turns, and what never changes', () => {
    const told = lines([run]);
    expect(told).toContain(
      'Trigram divergence (bits): falls from 0.900 at temperature 0.01 to 0.500 at temperature 1; lowest at temperature 0.5: 0.250',
    );
    expect(told).toContain('Repetition: 0.000 at every temperature');
  });

  it('names the run where there are several, and leaves more than three to the figure', () => {
    expect(lines([run, run])[0]).toMatch(/^cool, /);
    expect(temperatureBlocks([run, run, run, run])).toEqual([]);
    expect(temperatureBlocks([{ ...run, samples: run.samples.slice(0, 1) }])).toEqual([]);
  });

  it('gives each number with its event', () => {
    const [list] = temperatureBlocks([run]) as ListBlock[];
    const [source] = sourcesOf(list?.items.at(-1)?.text ?? []);
    expect(source?.source).toMatchObject({ run: run.id, seq: run.samples[0]?.seq });
  });
});

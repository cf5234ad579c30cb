import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeSweep } from '../../src/analysis/analyze.js';
import { formatAnalysis, runAnalyze } from '../../src/cli/commands/analyze.js';
import { runReport } from '../../src/cli/commands/report.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { recordStudy } from './example-study.js';

describe('sweep analyze', () => {
  it('shows ranking, scores, correlation and notes', () => {
    const { db } = recordStudy(temporaryFolder());
    const text = formatAnalysis(analyzeSweep(db, 'q2'));
    db.close();
    expect(text).toContain('Best: small (minimize val.nll)');
    expect(text).toMatch(
      /^ +1 +small +completed +1,234 +2 +95\.75 +5\.0395 +0\.8060 +98\.13 +5\.1645 +0\.7875$/m,
    );
    expect(text).toMatch(/^small +6 +−0\.9982 +−0\.9998 to −0\.9827 /m);
    expect(text).toContain('- broken: failed: out of memory; it is not ranked');
  });

  it('leaves out the tables that a sampling sweep does not fill', () => {
    const { db } = recordStudy(temporaryFolder());
    const text = formatAnalysis(analyzeSweep(db, 'q4'));
    db.close();
    expect(text).toMatch(/^cool +completed +q2\/small +2 +95\.75 +98\.13 +0\.1, 1 +4\.0 s$/m);
    expect(text).not.toContain('Pearson');
  });

  it('rejects a sweep that is not there', async () => {
    const results = temporaryFolder();
    recordStudy(results).db.close();
    await expect(runAnalyze('q9', { results })).rejects.toThrow('there is no sweep "q9"');
  });
});

describe('sweep report', () => {
  it('writes nothing when one of the sweeps is not there', async () => {
    const results = temporaryFolder();
    recordStudy(results).db.close();
    await expect(runReport(['q2', 'q9'], { results })).rejects.toThrow('there is no sweep "q9"');
    expect(existsSync(join(results, 'report'))).toBe(false);
  });
});

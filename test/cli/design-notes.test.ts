import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../src/cli/design-notes.js';
import type { LoadedDefinition } from '../../src/sweeps/definition/definition.js';
import { loadDefinition } from '../../src/sweeps/definition/load-definition.js';
import { planSweep, previewSweep } from '../../src/sweeps/plan/plan.js';
import type { PlanContext } from '../../src/sweeps/plan/sweep-plan.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Nothing ran before, and no text is read. */
const CONTEXT: PlanContext = {
  history: {
    find: () => undefined,
    objectiveValue: () => undefined,
    stepSeconds: () => undefined,
  },
  datasetFacts: () => Promise.resolve({ fingerprint: '0'.repeat(64), trainTexts: 100 }),
  estimateMemory: () => 1000,
};

const BASE = 'base: { model: { tokens: 8, embedding: 4, neurons: 1, heads: 1, blocks: 1 } }';

/** The definition in the last of these files. */
async function definition(...texts: readonly string[]): Promise<LoadedDefinition> {
  const folder = temporaryFolder();
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  return loadDefinition(files.at(-1) ?? '', { set: [] });
}

describe('checkPlan', () => {
  it('says before anything runs what the runs will not be able to tell', async () => {
    const loaded = await definition(
      `name: sizes\n${BASE}\nzip: { model.blocks: [1, 2, 3], model.neurons: [2, 4, 6] }\n`,
    );
    expect(checkPlan(await planSweep(loaded, CONTEXT))?.notes).toEqual([
      '3 runs: only |r| > 0.997 can be significant (p < 0.05)',
      'model.neurons and model.blocks move together (r = 1.00): no analysis of these runs can tell them apart',
    ]);
  });

  it('leaves out runs that wait for a result, and looks at no plan of which it has the beginning only', async () => {
    const waiting = await definition(
      `name: first\n${BASE}\ngrid: { model.blocks: [1, 2] }\n`,
      'name: second\nfrom: { sweep: 0.yaml, select: best }\nbase: { dataset.limit: 50 }\n',
    );
    expect(checkPlan(await planSweep(waiting, CONTEXT))).toMatchObject({ points: 0, notes: [] });
    const large = await definition(`name: large\n${BASE}\ngrid: { model.blocks: [1, 2, 3] }\n`);
    expect(checkPlan(await previewSweep(large, CONTEXT, 2))).toBeNull();
  });
});

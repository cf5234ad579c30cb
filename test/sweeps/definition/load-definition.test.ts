import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SweepError } from '../../../src/core/errors.js';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const BROKEN = 'test/fixtures/broken';

/** The message that a definition is refused with. */
async function refusal(path: string, set: readonly string[] = []): Promise<string> {
  try {
    await loadDefinition(path, { set });
  } catch (error) {
    if (error instanceof SweepError) return error.message;
    throw error;
  }
  throw new Error(`${path} was accepted`);
}

describe('loadDefinition', () => {
  const names = readdirSync(BROKEN)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));

  it.each(names)('refuses %s with exactly its message', async (name) => {
    const expected = readFileSync(`${BROKEN}/${name}.expected.txt`, 'utf8').trimEnd();
    expect(await refusal(`${BROKEN}/${name}.yaml`)).toBe(expected);
  });

  it('has at least twenty broken examples', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(['q2', 'q3', 'q4', 'quickstart'])('accepts experiments/%s.yaml', async (name) => {
    const definition = await loadDefinition(`experiments/${name}.yaml`);
    expect(definition.name).toBe(name);
    expect(definition.text).toBe(readFileSync(`experiments/${name}.yaml`, 'utf8'));
  });

  it('loads the definitions that a file stands on', async () => {
    const { upstream } = await loadDefinition('experiments/q3.yaml');
    expect(upstream.get('q2.yaml')?.file).toBe('experiments/q2.yaml');
  });

  it('reports the errors of an upstream file at their own place', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'a.yaml'), 'name: a\nfrom: { sweep: b.yaml }\nseeds: 1\n');
    await writeFile(join(folder, 'b.yaml'), 'name: b\nbase: { seed: -1 }\n');
    expect(await refusal(join(folder, 'a.yaml'))).toContain(
      `${folder}/b.yaml:2:15  seed must be an integer of at least 0 (got -1)`,
    );
  });

  it('finds cycles through several files', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'a.yaml'), 'name: a\nfrom: { sweep: b.yaml }\n');
    await writeFile(join(folder, 'b.yaml'), 'name: b\nfrom: { sweep: a.yaml }\n');
    const message = await refusal(join(folder, 'a.yaml'));
    expect(message).toBe(
      `${folder}/b.yaml:2:7  from makes a cycle: ${folder}/a.yaml → ${folder}/b.yaml → ${folder}/a.yaml`,
    );
  });

  it('says that a file is missing', async () => {
    expect(await refusal('experiments/none.yaml')).toBe(
      'experiments/none.yaml  the definition cannot be read: there is no such file',
    );
  });
});

describe('--set', () => {
  it('is parsed as YAML and wins over what the file says', async () => {
    const set = ['train.maxEpochs=2', 'sample.temperatures=[0.5, 1e-1]', 'replicates=3'];
    const definition = await loadDefinition('experiments/q2.yaml', { set });
    expect(definition.replicates).toBe(3);
    expect([...definition.set].map(([key, { value }]) => [key, value])).toEqual([
      ['train.maxEpochs', 2],
      ['sample.temperatures', [0.5, 0.1]],
    ]);
  });

  it('reports all that is wrong with it', async () => {
    const set = ['train.maxEpoch=2', 'seed', 'model.heads=two', 'seed=[1'];
    expect(await refusal('experiments/q2.yaml', set)).toBe(
      [
        '--set  train.maxEpoch is not a known key',
        '    Did you mean train.maxEpochs?',
        '--set  must be key=value (got "seed")',
        '    For example: --set train.maxEpochs=2',
        '--set  model.heads must be a positive integer (got "two")',
        '--set  the value of seed is not YAML: Flow sequence must end with a ]',
      ].join('\n'),
    );
  });

  it('refuses a key that the definition sweeps', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.yaml');
    await writeFile(file, 'name: a\ngrid: { train.batchSize: [16, 32] }\n');
    expect(await refusal(file, ['train.batchSize=8'])).toBe(
      '--set  train.batchSize is swept by grid and cannot be set to one value\n' +
        `    Change the list in ${file}, or leave out --set train.batchSize.`,
    );
  });

  it('breaks a budget at the budget', async () => {
    expect(await refusal('experiments/q2.yaml', ['model.blocks=6'])).toContain(
      'budget "< 100k" is not met by run "under-100k": the model has 103,',
    );
  });

  it('refuses training fields where only a checkpoint is sampled', async () => {
    expect(await refusal('experiments/q4.yaml', ['train.maxEpochs=2'])).toBe(
      '--set  train.maxEpochs cannot be changed where only a checkpoint is sampled\n' +
        '    Known: sample.count, sample.temperatures, seed.',
    );
  });
});

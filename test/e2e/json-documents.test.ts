import { describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { documentedFields, finishedWorkspace } from './sweep-program.js';

describe('documents of --json have the fields that docs/json.md promises', () => {
  const workspace = finishedWorkspace(sharedTemporaryFolder());

  test.each([
    ['`sweeps`', ['ls']],
    ['`runs`', ['ls', 'tiny']],
    ['`run`', ['show', 'small']],
    ['`comparison`', ['compare', 'small', 'wide']],
    ['`plan`', ['plan', 'tiny.yaml']],
    ['`why`', ['why', 'small', 'tiny.yaml']],
    ['`analysis`', ['analyze', 'tiny']],
    ['`database`', ['db', 'check']],
    ['`rebuild`', ['db', 'rebuild']],
    ['`doctor`', ['doctor']],
    ['`texts`', ['sample', 'small', '--count', '2']],
    ['`annotations`', ['tag', 'small', 'baseline']],
    ['`error`', ['show', 'nobody']],
  ])('%s', async (heading, args) => {
    const document = await workspace.json<Record<string, unknown>>(...args);
    expect(document['version']).toBe(1);
    expect(`\`${String(document['kind'])}\``).toBe(heading);
    expect(Object.keys(document).sort()).toEqual(documentedFields(heading));
  });

  test('a run', async () => {
    const { runs } = await workspace.json<{ runs: object[] }>('ls', 'tiny');
    expect(Object.keys(runs[0]!).sort()).toEqual(documentedFields('A run'));
  });
});

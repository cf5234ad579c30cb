import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import { TINY, tinyWorkspace } from './sweep-program.js';

const PAGE = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');

/** Fields in the first column of the table under a heading of docs/json.md. */
function documentedFields(heading: string): string[] {
  const section = PAGE.split(/^#+ /m).find((part) => part.startsWith(heading));
  if (section === undefined) throw new Error(`docs/json.md has no section ${heading}`);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)]);
  return names.map(([, name]) => name!).sort();
}

describe('documents of --json have the fields that docs/json.md promises', () => {
  const workspace = tinyWorkspace(TINY, sharedTemporaryFolder());
  beforeAll(async () => {
    expect((await workspace.sweep('run', 'tiny.yaml')).exitCode).toBe(0);
  });

  test.each([
    ['`sweeps`', ['ls']],
    ['`runs`', ['ls', 'tiny']],
    ['`run`', ['show', 'small']],
    ['`plan`', ['plan', 'tiny.yaml']],
    ['`why`', ['why', 'small', 'tiny.yaml']],
    ['`analysis`', ['analyze', 'tiny']],
    ['`database`', ['db', 'check']],
    ['`rebuild`', ['db', 'rebuild']],
    ['`texts`', ['sample', 'small', '--count', '2']],
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

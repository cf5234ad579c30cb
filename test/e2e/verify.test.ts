import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptFolder, documentedFields, runsOf, TINY, tinyWorkspace } from './sweep-program.js';

interface VerifyDocument {
  readonly same: boolean;
  readonly attempts: number;
  readonly comparisons: readonly {
    readonly kind: string;
    readonly count: number;
    readonly differing: readonly string[];
  }[];
  readonly damaged: readonly string[];
}

test('a run that is done again with a stop and a kill in the middle is the same; a changed record is found', async () => {
  const workspace = tinyWorkspace(TINY.replace('maxEpochs: 3', 'maxEpochs: 30'));
  await workspace.sweep('run', 'tiny.yaml', '--jobs', '2');
  const [small] = await runsOf(workspace);

  const same = await workspace.json<VerifyDocument>('verify', 'small');
  expect(same).toMatchObject({ kind: 'verify', same: true, damaged: [] });
  expect(same.attempts).toBeGreaterThanOrEqual(2);
  const counts = Object.fromEntries(same.comparisons.map(({ kind, count }) => [kind, count]));
  expect(counts).toMatchObject({ epochs: 30, evaluations: 2, end: 1 });
  expect(Object.keys(same).sort()).toEqual(documentedFields('`verify`'));

  const log = join(workspace.folder, attemptFolder(workspace, small!.id), 'events.jsonl');
  const changed = readFileSync(log, 'utf8').replace(
    /"type":"epoch","epoch":7,"step":\d+/,
    (found) => `${found}0`,
  );
  writeFileSync(log, changed);
  const best = join(log, '../checkpoint/best.safetensors');
  const bytes = readFileSync(best);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(best, bytes);
  const other = await workspace.sweep('verify', 'small');
  expect(other.exitCode).toBe(1);
  expect(other.stdout).toMatch(/epochs +30 {2}differs: epoch 7\n/);
  expect(other.stdout).toContain('best.safetensors was changed since it was written');
  expect(other.stdout).toContain('not the same');

  const unfinished = readFileSync(log, 'utf8').split('\n').slice(0, 5).join('\n');
  writeFileSync(log, `${unfinished}\n`);
  const refused = await workspace.sweep('verify', 'small');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('only a run that completed or diverged can be verified');
});

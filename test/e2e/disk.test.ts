import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { findings, runsOf, TINY, tinyWorkspace, type Workspace } from './sweep-program.js';

const LONG = TINY.replace('maxEpochs: 3', 'maxEpochs: 25');

/** Puts a file system of its own, in memory, where the results go. */
async function mountResults(context: TestContext, workspace: Workspace, size: string) {
  const folder = join(workspace.folder, 'results');
  mkdirSync(folder);
  const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder];
  const { exitCode, stderr } = await execa('mount', options, { reject: false });
  if (exitCode !== 0) context.skip(`a small file system cannot be mounted here: ${stderr}`);
  onTestFinished(async () => {
    await execa('umount', [folder]);
  });
  return {
    remount: async (option: string): Promise<void> => {
      await execa('mount', ['-o', `remount,${option}`, folder]);
    },
  };
}

test('a full disk is told, spoils nothing, and the sweep goes on when there is space; so is a read-only one', async (context) => {
  const workspace = tinyWorkspace(LONG);
  const disk = await mountResults(context, workspace, '360k');
  const full = await workspace.sweep('run', 'tiny.yaml', '--jobs', '1', '--retries', '0');
  expect(full.stderr).toContain('the disk is full');
  expect(full.stderr).toContain('Free some space');
  expect(full.stderr).not.toContain('bug');
  expect([1, 2]).toContain(full.exitCode);

  await disk.remount('size=30m');
  const again = await workspace.sweep('run', 'tiny.yaml', '--jobs', '1');
  expect(again.stderr).not.toContain('cannot be used');
  expect(again.exitCode).toBe(0);
  const untouched = tinyWorkspace(LONG);
  await untouched.sweep('run', 'tiny.yaml', '--jobs', '1');
  for (const { id } of await runsOf(untouched))
    expect(findings(workspace, id)).toEqual(findings(untouched, id));

  await disk.remount('ro');
  const refused = await workspace.sweep('run', 'tiny.yaml');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('results  the file system is read-only');
  expect(refused.stderr).not.toContain('bug');
});

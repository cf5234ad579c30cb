import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedTemporaryFolder } from '../support/temporary-folder.js';
import {
  attemptFolder,
  checkpointsOf,
  copyWorkspace,
  eventsOf,
  findings,
  runsOf,
  seen,
  TINY,
  tinyWorkspace,
  type Workspace,
} from './sweep-program.js';

/** Some epochs improve and some do not. */
const LONG = TINY.replace('maxEpochs: 3', 'maxEpochs: 80').replace(
  'learningRate: 0.01',
  'learningRate: 0.2',
);

describe('a damaged last checkpoint is told, and the run ends as if it had not been', () => {
  const untouched = tinyWorkspace(LONG, sharedTemporaryFolder());
  const stopped = tinyWorkspace(LONG, sharedTemporaryFolder());
  let small = '';
  let foreign = '';

  beforeAll(async () => {
    await untouched.sweep('run', 'tiny.yaml', '--jobs', '2');
    const [one, other] = await runsOf(untouched);
    small = one!.id;
    foreign = join(checkpointFolder(untouched, other!.id), 'last.safetensors');
    const program = stopped.start('run', 'tiny.yaml', '--jobs', '2');
    await seen(program, /small +epoch +3/);
    program.kill('SIGINT');
    await program;
    // One run is enough to go on with; it keeps the thread that it began with.
    stopped.write('tiny.yaml', LONG.replace('  - { name: wide, model.embedding: 8 }\n', ''));
  }, 180_000);

  test.each([
    [
      'cut off',
      'last',
      (file: string) => {
        truncateSync(file, statSync(file).size - 100);
      },
      'truncated',
    ],
    ['with one flipped bit', 'last', flipBit, 'its content is not what was written'],
    [
      'of another run',
      'last',
      (file: string) => {
        copyFileSync(foreign, file);
      },
      'belongs to another run',
    ],
    ['the best, with one flipped bit', 'best', flipBit, 'its content is not what was written'],
  ])('%s', async (_, name, damage, reason) => {
    const workspace = copyWorkspace(stopped.folder);
    damage(join(checkpointFolder(workspace, small), `${name}.safetensors`));

    const again = await workspace.sweep('run', 'tiny.yaml');
    expect(again.exitCode).toBe(0);
    const starts = eventsOf(workspace, small).filter(({ type }) => type === 'started');
    const notices = (starts.at(-1)!['notices'] as string[] | undefined) ?? [];
    expect(notices[0]).toContain(`${name}.safetensors cannot be used`);
    expect(notices[0]).toContain(reason);
    expect(again.stderr).toContain(notices[0]);
    // Epochs after the checkpoint that it went on from are told again, alike.
    const found = findings(workspace, small);
    const expected = findings(untouched, small);
    for (const finding of found) expect(expected).toContainEqual(finding);
    for (const finding of expected) expect(found).toContainEqual(finding);
    expect(checkpointsOf(workspace, small)).toEqual(checkpointsOf(untouched, small));
  });
});

function checkpointFolder(workspace: Workspace, id: string): string {
  return join(workspace.folder, attemptFolder(workspace, id), 'checkpoint');
}

/** Flips one bit of a parameter. */
function flipBit(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(file, bytes);
}

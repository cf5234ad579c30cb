import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
/** Enough for a launcher, and not for one that takes more and more. */
const LIMIT_BYTES = 200 * 2 ** 20;

test('a worker that the kernel kills for memory is told from one that somebody kills', async (context) => {
  const group = createMemoryGroup();
  if (group === null) {
    context.skip('no control group with a limit of memory can be made here (it takes root)');
    return;
  }
  try {
    const launch = join(FIXTURES, 'programs/launch-worker.mjs');
    const logFile = join(temporaryFolder(), 'worker.log');
    const inGroup = `echo $$ > ${group}/cgroup.procs; exec "$0" "$@"`;
    const ends = (program: string) =>
      execa('sh', ['-c', inGroup, process.execPath, launch, DIST, program, logFile]);
    const forMemory = await ends(join(FIXTURES, 'workers/take-memory.mjs'));
    const exit = { exitCode: null, signal: 'SIGKILL' };
    expect(JSON.parse(forMemory.stdout)).toEqual({ ...exit, forMemory: true });
    const bySomebody = await ends(join(FIXTURES, 'workers/kill-itself.mjs'));
    expect(JSON.parse(bySomebody.stdout)).toEqual({ ...exit, forMemory: false });
  } finally {
    rmdirSync(group);
  }
});

/** The folder of a new control group below that of this process; null where there can be none. */
function createMemoryGroup(): string | null {
  const groups = readGroups();
  const v1 = /^\d+:memory:(.*)$/m.exec(groups)?.[1];
  const v2 = /^0::(.*)$/m.exec(groups)?.[1];
  const [parent, limit] =
    v1 === undefined
      ? [join('/sys/fs/cgroup', v2 ?? ''), 'memory.max']
      : [join('/sys/fs/cgroup/memory', v1), 'memory.limit_in_bytes'];
  const group = join(parent, `sweep-test-${process.pid}`);
  try {
    mkdirSync(group);
  } catch {
    return null;
  }
  try {
    writeFileSync(join(group, limit), `${LIMIT_BYTES}`, { flag: 'r+' });
    return group;
  } catch {
    rmdirSync(group); // one whose memory is not for us to limit
    return null;
  }
}

function readGroups(): string {
  try {
    return readFileSync('/proc/self/cgroup', 'utf8');
  } catch {
    return '';
  }
}

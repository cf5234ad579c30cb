import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countMemoryKills, MemoryKills } from '../../../src/sweeps/launchers/memory-kills.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A system with some of its files. */
function systemWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const EVENTS = 'low 0\nhigh 7\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n';
const VMSTAT = 'nr_free_pages 5\noom_kill 9\n';

describe('the number of kills for memory', () => {
  test.each<[string, Record<string, string>, number | null]>([
    [
      'the control group, version 2',
      {
        'proc/self/cgroup': '0::/user.slice/job\n',
        'sys/fs/cgroup/user.slice/job/memory.events': EVENTS,
        'proc/vmstat': VMSTAT,
      },
      2,
    ],
    [
      'the control group, version 1',
      {
        'proc/self/cgroup': '5:cpu,cpuacct:/a\n4:memory:/job\n0::/\n',
        'sys/fs/cgroup/memory/job/memory.oom_control':
          'oom_kill_disable 0\nunder_oom 0\noom_kill 4\n',
        'proc/vmstat': VMSTAT,
      },
      4,
    ],
    ['the machine', { 'proc/self/cgroup': '0::/\n', 'proc/vmstat': VMSTAT }, 9],
    ['nobody', { 'proc/vmstat': 'nr_free_pages 5\n' }, null],
  ])('is told by %s', (_, files, count) => {
    expect(countMemoryKills(systemWith(files))).toBe(count);
  });
});

describe('a killed process', () => {
  function setUp() {
    const system = { kills: 5 as number | null, nowMs: 0 };
    const kills = new MemoryKills(
      () => system.kills,
      () => system.nowMs,
    );
    return { system, kills, unwatch: kills.watch() };
  }

  test('was killed for memory when the kernel counts a kill more, which is told of one process only', () => {
    const { system, kills, unwatch } = setUp();
    expect(kills.wasForMemory()).toBe(false); // kills before it began are others'
    system.kills = 7;
    expect([1, 2, 3].map(() => kills.wasForMemory())).toEqual([true, true, false]);
    unwatch();
  });

  test('was not when the kill that was counted is of a while ago', () => {
    const { system, kills, unwatch } = setUp();
    system.kills = 6;
    for (const nowMs of [1000, 2000]) {
      system.nowMs = nowMs;
      kills.look();
    }
    expect(kills.wasForMemory()).toBe(false);
    unwatch();
    system.kills = 7; // while nothing of ours is at work
    const again = kills.watch();
    expect(kills.wasForMemory()).toBe(false);
    again();
  });

  test('is not judged where the system does not count', () => {
    const { system, kills, unwatch } = setUp();
    system.kills = null;
    expect(kills.wasForMemory()).toBeNull();
    unwatch();
  });
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Heartbeats, SILENCE_MS } from '../../../src/core/run-folder/heartbeats.js';
import { lookAtProcess, ownHolder } from '../../../src/core/run-folder/holder.js';
import { createSightingFile } from '../../../src/core/run-folder/sighting-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { ELSEWHERE, ENDED, writeLease } from '../../support/write-lease.js';

/** Somebody who looks at leases, with a clock that is moved by hand and a memory in a file. */
function observer(folder: string = temporaryFolder()) {
  const memory = join(folder, 'sightings.json');
  let nowMs = 1_000_000;
  const saved: (() => void)[] = [];
  const file = createSightingFile(
    () => memory,
    (save) => saved.push(save),
  );
  const heartbeats = new Heartbeats(() => nowMs, file);
  return {
    heartbeats,
    memory,
    pass: (ms: number) => (nowMs += ms),
    /** As when the process ends, and another one begins a time later. */
    next: (ms: number) => {
      for (const save of saved.splice(0)) save();
      const later = observer(folder);
      later.pass(nowMs + ms - 1_000_000);
      return later;
    },
  };
}

const leasePath = (): string => join(temporaryFolder(), 'lease.json');

test('nobody holds what has no lease', () => {
  expect(observer().heartbeats.look(leasePath())).toMatchObject({ life: 'gone', lease: null });
});

test('a process of this host is seen: it lives, or it is gone', () => {
  const path = leasePath();
  const { heartbeats } = observer();
  writeLease(path);
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive', sight: 'lives' });
  writeLease(path, { holder: ENDED }); // another process has its number now
  expect(heartbeats.look(path)).toMatchObject({ life: 'gone', sight: 'gone' });
});

test.each([
  ['on another host', ELSEWHERE],
  ['in another container of this host', { ...ownHolder(), pidNamespace: 'pid:[1]' }],
])('a process %s is alive as long as its lease changes', (_, holder) => {
  const path = leasePath();
  const { heartbeats, pass } = observer();
  writeLease(path, { holder, beat: 1 });
  expect(heartbeats.look(path)).toMatchObject({ life: 'unclear', silentMs: 0 });
  pass(5_000);
  writeLease(path, { holder, beat: 2 });
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive', silentMs: 0 });
  pass(SILENCE_MS - 1);
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive', silentMs: SILENCE_MS - 1 });
  pass(1);
  expect(heartbeats.look(path)).toMatchObject({ life: 'gone', silentMs: SILENCE_MS });
  writeLease(path, { holder, beat: 3 }); // it was only slow
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive' });
});

test('no clock of the other host has a say, whatever it says', () => {
  const path = leasePath();
  const { heartbeats, pass } = observer();
  for (const [beat, since] of ['1970-01-01', '2100-01-01', '1999-12-31'].entries()) {
    writeLease(path, { holder: ELSEWHERE, beat, since: `${since}T00:00:00.000Z`, sinceMs: -1 });
    heartbeats.look(path);
    pass(5_000);
  }
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive', silentMs: 5_000 });
});

test('a lease that cannot be read is watched like any other', () => {
  const path = leasePath();
  const { heartbeats, pass } = observer();
  writeFileSync(path, '{"of": "another version"}');
  expect(heartbeats.look(path)).toMatchObject({ life: 'unclear', lease: null });
  pass(SILENCE_MS);
  expect(heartbeats.look(path)).toMatchObject({ life: 'gone' });
});

test('a suspended process of this host is seen to be that, and counts as gone when it stays silent', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const stat = `/proc/${String(child.pid)}/stat`;
  const start = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ')[19];
  const holder = { ...ownHolder(), pid: child.pid ?? 0, processStart: start ?? null };
  const path = leasePath();
  writeLease(path, { holder });
  const { heartbeats, pass } = observer();
  expect(heartbeats.look(path)).toMatchObject({ life: 'alive', sight: 'lives' });
  child.kill('SIGSTOP');
  await expect.poll(() => lookAtProcess(holder)).toBe('suspended');
  expect(heartbeats.look(path)).toMatchObject({ life: 'unclear', sight: 'suspended' });
  pass(SILENCE_MS);
  expect(heartbeats.look(path)).toMatchObject({ life: 'gone', sight: 'suspended' });
  child.kill('SIGCONT');
  await expect.poll(() => heartbeats.look(path).life).toBe('alive');
});

test('what one command has seen the next one knows, on the same clock', () => {
  const path = leasePath();
  const first = observer();
  writeLease(path, { holder: ELSEWHERE });
  expect(first.heartbeats.look(path).life).toBe('unclear');
  const second = first.next(60_000);
  expect(second.heartbeats.look(path)).toMatchObject({ life: 'unclear', silentMs: 60_000 });
  const third = second.next(30_000);
  expect(third.heartbeats.look(path)).toMatchObject({ life: 'gone', silentMs: SILENCE_MS });
  writeLease(path, { holder: ELSEWHERE, beat: 9 });
  expect(third.next(0).heartbeats.look(path)).toMatchObject({ life: 'alive' });
});

test('a memory that cannot be read or written is as none', () => {
  const path = leasePath();
  writeLease(path, { holder: ELSEWHERE });
  const first = observer();
  writeFileSync(first.memory, '{"bootId":');
  expect(first.heartbeats.look(path).life).toBe('unclear');
  rmSync(first.memory);
  mkdirSync(join(first.memory, 'in the way'), { recursive: true });
  expect(first.next(SILENCE_MS).heartbeats.look(path)).toMatchObject({ silentMs: 0 });
});

test('what was seen before this boot was on another clock', () => {
  const path = leasePath();
  writeLease(path, { holder: ELSEWHERE });
  const first = observer();
  first.heartbeats.look(path);
  const second = first.next(1_000);
  const content = (text: string): string => text.replace(ownHolder().bootId ?? '', 'before');
  writeFileSync(first.memory, content(readFileSync(first.memory, 'utf8')));
  expect(second.heartbeats.look(path)).toMatchObject({ silentMs: 0, life: 'unclear' });
});

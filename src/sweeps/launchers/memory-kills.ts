import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { steadyMs } from '../../core/run-folder/steady-clock.js';

/**
 * How many processes the kernel has killed for memory: in the control group of this process and so of those it starts,
 * else on this machine. Null where the system does not tell.
 *
 * Sources: `oom_kill` in `memory.events` (cgroup v2), `memory.oom_control` (cgroup v1) and /proc/vmstat; see the
 * kernel's Documentation/admin-guide/cgroup-v2.rst.
 *
 * @param root where the system's files are
 */
export function countMemoryKills(root = '/'): number | null {
  for (const file of counterFiles(root)) {
    const count = /^oom_kill (\d+)$/m.exec(readText(file) ?? '')?.[1];
    if (count !== undefined) return Number(count);
  }
  return null;
}

function counterFiles(root: string): string[] {
  const groups = (readText(join(root, 'proc/self/cgroup')) ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return [join(root, 'sys/fs/cgroup', path, 'memory.events')];
    if (controllers?.split(',').includes('memory') !== true) return [];
    return [join(root, 'sys/fs/cgroup/memory', path, 'memory.oom_control')];
  });
  return [...groups, join(root, 'proc/vmstat')];
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // not this kind of system
  }
}

/** A process that died longer ago than this was heard of by now. */
const HEARD_MS = 1_000;

/**
 * Tells of processes that were killed whether the kernel did it because memory ran out. Each such kill is told of one
 * process, and one that nobody asks for belongs to a process that is not ours.
 */
export class MemoryKills {
  readonly #count: () => number | null;
  readonly #clock: () => number;
  #watched = 0;
  /** Kills that were told of, or are not ours. */
  #settled = 0;
  #seen = 0;
  #seenMs = 0;

  constructor(count: () => number | null = countMemoryKills, clock: () => number = steadyMs) {
    this.#count = count;
    this.#clock = clock;
  }

  /** A process begins that may be killed. @returns to be called when it has ended */
  watch(): () => void {
    if (this.#watched === 0) {
      this.#seen = this.#settled = this.#count() ?? 0;
      this.#seenMs = this.#clock();
    }
    this.#watched += 1;
    const timer = setInterval(() => {
      this.look();
    }, HEARD_MS).unref();
    return () => {
      clearInterval(timer);
      this.#watched -= 1;
    };
  }

  /** Gives up kills of a while ago that nobody asked for. */
  look(): void {
    const nowMs = this.#clock();
    if (nowMs - this.#seenMs < HEARD_MS) return;
    this.#settled = Math.max(this.#settled, this.#seen);
    this.#seen = this.#count() ?? 0;
    this.#seenMs = nowMs;
  }

  /** Whether a process that was just killed was killed for memory; null where the system does not tell. */
  wasForMemory(): boolean | null {
    const count = this.#count();
    if (count === null) return null;
    if (count <= this.#settled) return false;
    this.#settled += 1;
    return true;
  }
}

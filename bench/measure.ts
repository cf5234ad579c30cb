import { z } from 'zod';
import type { Subject } from './subject.js';

const timing = z.object({ wall: z.number(), cpu: z.number() });

/** Milliseconds that passed, and those that all threads of the process computed. */
export type Timing = z.infer<typeof timing>;

/**
 * What is compared: on a machine with other work, the CPU time of one thread is the steadier measure.
 */
export type Clock = keyof Timing;

/** Milliseconds that a subject says a request took. */
export async function millisecondsOf(
  subject: Subject,
  clock: Clock,
  request: Readonly<Record<string, unknown>>,
): Promise<number> {
  return timing.parse(await subject.ask(request))[clock];
}

/**
 * Medians of several measurements that take turns, so that what else the machine does falls on all of them alike. Each
 * runs once before it counts: graphs are built and memory is taken then.
 */
export async function alternate(
  rounds: number,
  measurements: Readonly<Partial<Record<string, () => Promise<number>>>>,
): Promise<Record<string, number>> {
  const all = Object.entries(measurements).flatMap(([name, measure]) =>
    measure === undefined ? [] : [[name, measure] as const],
  );
  const values = new Map<string, number[]>(all.map(([name]) => [name, []]));
  for (const [, measure] of all) await measure();
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of all) values.get(name)?.push(await measure());
  return Object.fromEntries([...values].map(([name, list]) => [name, median(list)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

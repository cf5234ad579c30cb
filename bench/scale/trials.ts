import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Part } from './part.js';
import { count, measure, median, type Outcome, sweepWithWorkers } from './program.js';

const PEER = fileURLToPath(new URL('../peer/trials.py', import.meta.url));
/** Debian installs Optuna for the system's Python, which need not be the first on the path. */
const PYTHON = '/usr/bin/python3';
/** Seconds that a round of Optuna takes; the runs of ours take about as long. */
const PEER_SECONDS = 20;
const REPORTS = 10;

const peerSchema = z.object({
  version: z.string(),
  trials: z.int(),
  failed: z.int(),
  seconds: z.number(),
});

interface Rate {
  readonly perSecond: number;
  /** Processor time of a run, all processes together. */
  readonly cpuMs: number;
}

/** Runs that train nothing, beside Optuna's trials with the same number of reported values, in turns. */
export const measureTrials: Part = async (folder, { trials, rounds }, add) => {
  const cores = availableParallelism();
  const ours: Rate[] = [];
  const peers = new Map<number, Rate[]>([1, cores].map((processes) => [processes, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [processes, rates] of peers) rates.push(await runPeer(folder, { processes, round }));
    ours.push(await runTrivial(folder, { runs: trials, round }));
  }
  const { perSecond, cpuMs } = middle(ours);
  const best = Math.max(...[...peers.values()].map((rates) => middle(rates).perSecond));
  for (const [processes, rates] of peers) {
    const peer = middle(rates);
    const name = processes === 1 ? 'one process' : `${processes} processes`;
    add(
      `Optuna, SQLite, ${name}: trials with ${REPORTS} reported values`,
      '',
      `${peer.perSecond.toFixed(1)} trials/s, ${peer.cpuMs.toFixed(0)} ms of processor time each`,
    );
  }
  const spread = ours.map((rate) => rate.perSecond.toFixed(0)).join(', ');
  add(
    `\`sweep run\`, ${count(trials)} trivial runs of ${REPORTS} epochs, each synced, start and end included`,
    'at least 20 x Optuna',
    `${perSecond.toFixed(0)} runs/s (${spread}), ${cpuMs.toFixed(1)} ms of processor time each: ${(perSecond / best).toFixed(1)} x`,
  );
};

/** A grid over a field that nothing trivial looks at, so that any number of runs can be made. */
export function trivialSweep(name: string, runs: number, epochs: number): string {
  return JSON.stringify({
    name,
    dataset: { source: 'headlines', limit: 200 },
    base: { trainer: 'trivial', train: { maxEpochs: epochs } },
    replicates: runs,
  });
}

// Each round has files of its own, which stay until all are done: for a minute after many were removed, an ext4 without a
// journal looks for a place for every new file among theirs, and takes a millisecond for it.
async function runTrivial(
  folder: string,
  { runs, round }: { readonly runs: number; readonly round: number },
): Promise<Rate> {
  writeFileSync(join(folder, 'trivial.yaml'), trivialSweep('trivial', runs, REPORTS));
  const args = ['run', 'trivial.yaml', '--plain', '--results', `results-${round}`];
  return rate(await sweepWithWorkers(folder, availableParallelism(), ...args), runs);
}

async function runPeer(
  folder: string,
  { processes, round }: { readonly processes: number; readonly round: number },
): Promise<Rate> {
  if (!existsSync(PYTHON)) throw new Error(`${PYTHON} is missing: apt-get install python3-optuna`);
  const file = join(folder, `optuna-${processes}-${round}.db`);
  const args = [PEER, `sqlite:///${file}`, `${PEER_SECONDS}`, `${processes}`];
  const outcome = await measure(folder, PYTHON, args);
  if (outcome.exitCode !== 0) throw new Error(`Optuna: ${outcome.stderr.slice(-2000)}`);
  const { trials, seconds } = peerSchema.parse(JSON.parse(outcome.stdout));
  return { perSecond: trials / seconds, cpuMs: (1000 * outcome.cpuSeconds) / trials };
}

function rate({ seconds, cpuSeconds }: Outcome, runs: number): Rate {
  return { perSecond: runs / seconds, cpuMs: (1000 * cpuSeconds) / runs };
}

function middle(rates: readonly Rate[]): Rate {
  return {
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    cpuMs: median(rates.map(({ cpuMs }) => cpuMs)),
  };
}

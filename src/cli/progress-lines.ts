import { pc } from './colors.js';
import prettyMs from 'pretty-ms';
import { formatNll, formatTop1 } from '../analysis/tables/format.js';
import { formatCount } from './counts.js';
import { likeness } from '../core/run-folder/failure.js';
import type { RunEvent } from '../core/run-folder/event.js';
import type { ObservedRun, SweepObserver } from '../sweeps/scheduler/observer.js';
import { plainLines, plainText } from './plain-text.js';

/** A sign of life within an epoch is shown when a run has said nothing for this long. */
const QUIET_MS = 10_000;

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/**
 * Progress as plain lines: one for each epoch of each run, for what goes wrong at once, and for each end.
 *
 * @param write takes lines, without the last newline
 */
export function createProgressLines(write: (line: string) => void): SweepObserver {
  const lastLineMs = new Map<string, number>();
  let nameWidth = 0;

  /** Together: each line would be a call to the system. */
  const say = (run: ObservedRun, ...texts: readonly string[]): void => {
    nameWidth = Math.max(nameWidth, run.name.length);
    lastLineMs.set(run.run.id, performance.now());
    const name = pc.bold(plainText(run.name).padEnd(nameWidth));
    write(texts.map((text) => `${name}  ${text}`).join('\n'));
  };
  /** What failed so far: of equal failures only the first is told in full. */
  const failures = new Map<string, { readonly name: string; count: number }>();
  const describeFailure = (run: ObservedRun, { message }: EventOf<'failed'>): string => {
    const first = failures.get(likeness(message)) ?? { name: run.name, count: 0 };
    first.count += 1;
    failures.set(likeness(message), first);
    const text =
      first.count === 1
        ? `: ${plainText(message)}`
        : ` as ${plainText(first.name)} did (${first.count} times so far)`;
    return `${pc.red('failed')}${text}`;
  };
  const isQuiet = ({ run }: ObservedRun): boolean =>
    performance.now() - (lastLineMs.get(run.id) ?? 0) >= QUIET_MS;

  return {
    onBegin: ({ todo, reused, more, jobs, threads, devices }) => {
      const runs = `${todo} ${todo === 1 ? 'run' : 'runs'} to do`;
      const found = reused === 0 ? '' : `, ${reused} finished before`;
      const rest = more === 0 ? '' : `, ${formatCount(more)} more to look at`;
      const each = `${threads} CPU ${threads === 1 ? 'thread' : 'threads'} each`;
      write(pc.dim(`${runs}${found}${rest}; ${jobs} at once, ${each}, on ${devices.join(', ')}`));
    },
    onRunStart: (run, continued) => {
      say(run, `${continued ? 'starts again' : 'starts'}  ${pc.dim(run.run.id)}`);
    },
    onEvents: (run, events) => {
      const texts: string[] = [];
      for (const event of events) {
        if (event.type === 'progress' && (texts.length > 0 || !isQuiet(run))) continue;
        const text =
          event.type === 'failed' ? describeFailure(run, event) : describeEvent(run, event);
        if (text !== null) texts.push(text);
      }
      if (texts.length > 0) say(run, ...texts);
    },
    onRetry: (run, { number, waitMs, of }) => {
      say(run, pc.yellow(`tried again in ${prettyMs(waitMs)} (${number} of ${of})`));
    },
    onRunEnd: (run, outcome) => {
      if (outcome === 'failed') say(run, pc.dim(`its log: ${run.log()}`));
      lastLineMs.delete(run.run.id);
    },
    onNotice: (message) => {
      write(pc.yellow(plainLines(message)));
    },
  };
}

/** One line for an event; null for what needs none. */
function describeEvent(
  run: ObservedRun,
  event: Exclude<RunEvent, EventOf<'failed'>>,
): string | null {
  switch (event.type) {
    case 'epoch':
      return describeEpoch(run, event);
    case 'progress':
      return describeProgress(event);
    case 'evaluated':
      if (event.split !== 'test') return null;
      return `test NLL ${formatNll(event.nll)}  top-1 ${formatTop1(event.top1)}  (best model, epoch ${event.epoch})`;
    case 'completed':
      return `${pc.green('completed')}  ${event.reason}, ${prettyMs(event.seconds * 1000)}`;
    case 'diverged':
      return `${pc.yellow('diverged')} in epoch ${event.epoch}: ${event.message}`;
    case 'stopped':
      return `${pc.yellow('stopped')}: ${event.reason}`;
    case 'started':
      return event.notices === undefined ? null : pc.yellow(plainText(event.notices.join('; ')));
    case 'checkpoint':
    case 'samples':
    case 'baselines':
      return null;
  }
}

function describeEpoch({ run }: ObservedRun, event: EventOf<'epoch'>): string {
  const { config } = run;
  const maxEpochs = config.kind === 'train' ? config.train.maxEpochs : 0;
  // Early stopping may end it sooner, which nobody can know: this is the most it can take.
  const leftMs =
    (maxEpochs - event.epoch - 1) * (event.trainSeconds + event.evaluateSeconds) * 1000;
  return [
    `epoch ${`${event.epoch}`.padStart(3)}`,
    `train NLL ${formatNll(event.train.nll)}`,
    `val NLL ${formatNll(event.val.nll)}${event.improved ? pc.green('*') : ' '}`,
    `top-1 ${formatTop1(event.val.top1)}`,
    `${formatCount(event.textsPerSecond)} texts/s`,
    ...(leftMs > 0 ? [pc.dim(`at most ${prettyMs(leftMs, { compact: true })} left`)] : []),
  ].join('  ');
}

function describeProgress(event: EventOf<'progress'>): string {
  const { epoch, split, step, steps, nll, textsPerSecond } = event;
  const share = Math.floor((100 * step) / steps);
  return pc.dim(
    `epoch ${`${epoch}`.padStart(3)}  ${share}% (step ${step} of ${steps})  ${split} NLL ${formatNll(nll)}  ${formatCount(textsPerSecond)} texts/s`,
  );
}

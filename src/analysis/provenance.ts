/** Where a number of a report comes from: an event of one run, or a computation over several values. */
export type Provenance = Recorded | Computed;

/** A value that an event of a run's log has, or that the run's own record says. */
export interface Recorded {
  readonly kind: 'recorded';
  /** Id of the run. */
  readonly run: string;
  /** Dotted name of the value: `test.nll`, `val.top1`, `parameters`, `seconds`, `bestEpoch`. */
  readonly metric: string;
  /** Number of the event in `events.jsonl`; null for what no single event says. */
  readonly seq: number | null;
  /** Epoch of the value, from 0; null for one that has none. */
  readonly epoch: number | null;
}

/** A value that was computed from others. */
export interface Computed {
  readonly kind: 'computed';
  /** Ids of the runs whose values went in. */
  readonly runs: readonly string[];
  /** What was computed, such as `pearson(val.nll, val.top1)`. */
  readonly metric: string;
}

/** A value of a run: of an event where `seq` is given. */
export function recorded(
  run: string,
  metric: string,
  event: { readonly seq?: number | null; readonly epoch?: number | null } = {},
): Recorded {
  return { kind: 'recorded', run, metric, seq: event.seq ?? null, epoch: event.epoch ?? null };
}

/** A value computed over runs. */
export function computed(runs: readonly string[], metric: string): Computed {
  return { kind: 'computed', runs, metric };
}

/** Runs that are named of a number that was computed over many; the files of tables have all of them. */
const MOST_NAMED = 12;

/** The runs that a number stands on, as far as they are named. */
export function namedRuns(source: Provenance): readonly string[] {
  return source.kind === 'recorded' ? [source.run] : source.runs.slice(0, MOST_NAMED);
}

/** One line for a tooltip or a comment: `test.nll of run 65decb3bf032, event 41, epoch 7`. */
export function provenanceText(source: Provenance): string {
  if (source.kind === 'computed') {
    const [first, ...others] = source.runs;
    if (first === undefined) return source.metric;
    if (others.length === 0) return `${source.metric} of run ${first}`;
    const named = namedRuns(source);
    const more = source.runs.length - named.length;
    return (
      `${source.metric} of ${source.runs.length} runs: ${named.join(', ')}` +
      (more === 0 ? '' : ` and ${more} more`)
    );
  }
  const parts = [`${source.metric} of run ${source.run}`];
  if (source.seq !== null) parts.push(`event ${source.seq}`);
  if (source.epoch !== null) parts.push(`epoch ${source.epoch}`);
  return parts.join(', ');
}

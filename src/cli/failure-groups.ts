import { likeness } from '../core/run-folder/failure.js';
import { plainText } from './plain-text.js';
import { pc } from './colors.js';
import type { RunJson } from './run-json.js';

/** Runs that failed alike. */
export interface FailureGroup {
  /** Of the first of them. */
  readonly message: string;
  readonly runs: readonly Pick<RunJson, 'id' | 'name'>[];
}

/** The failed runs among some, equal failures as one, the most frequent first. */
export function groupFailures(
  runs: readonly Pick<RunJson, 'id' | 'name' | 'state' | 'outcomeMessage'>[],
): FailureGroup[] {
  const groups = new Map<string, { message: string; runs: { id: string; name: string }[] }>();
  for (const { id, name, state, outcomeMessage: message } of runs) {
    if (state !== 'failed' || message === null) continue;
    const group = groups.get(likeness(message)) ?? { message, runs: [] };
    group.runs.push({ id, name });
    groups.set(likeness(message), group);
  }
  return [...groups.values()].toSorted((a, b) => b.runs.length - a.runs.length);
}

/** Names that a line shows; there may be thousands. */
const MOST_NAMED = 5;

/** A line for each kind of failure, with its count and some of its runs. */
export function describeFailures(groups: readonly FailureGroup[]): string[] {
  return groups.map(({ message, runs }) => {
    const named = runs.slice(0, MOST_NAMED).map(({ name }) => plainText(name));
    const more = runs.length > MOST_NAMED ? `, and ${runs.length - MOST_NAMED} more` : '';
    return `${pc.red(`${runs.length} failed:`)} ${plainText(message)} ${pc.dim(`(${named.join(', ')}${more})`)}`;
  });
}

/** As `--json` shows them. */
export function failuresJson(groups: readonly FailureGroup[]): object[] {
  return groups.map(({ message, runs }) => ({
    message,
    count: runs.length,
    runs: runs.map(({ id }) => id),
  }));
}

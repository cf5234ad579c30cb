import type { SweepDatabase } from '../../core/store/database.js';
import type { DashboardObjective, LiveRuns } from '../../core/store/dashboard-scope.js';
import type { Reader } from '../reader/reader.js';

/** What is read of a sweep, as it stands now. */
export interface TableSource {
  readonly db: SweepDatabase;
  /** Changes with the data. */
  readonly version: number;
  readonly sweep: string;
  readonly objective: DashboardObjective;
  readonly live: LiveRuns;
  /** Number of lines of the sweep's list: a run that it names twice has two. */
  readonly runs: number;
  /** Who answers what needs a look at every run. */
  readonly reader: Reader;
}

/** What an answer depends on; see `PacedQuestion`. */
export interface AskedAs {
  readonly key: string;
  readonly version: string;
}

/**
 * A question that depends on who lives. That is looked at every second, and is answered at once only where it costs
 * next to nothing; else it is a change as others are, which waits for its time.
 */
export function askedWithLive({ reader, version, live }: TableSource, key: string): AskedAs {
  return reader.isQuick
    ? { key: `${key} ${live.join()}`, version: `${version}` }
    : { key, version: `${version} ${live.join()}` };
}

import type { RunJson } from './run-json.js';

/** A line of a sweep's list. */
export interface ListedRun {
  readonly name: string;
  readonly run: RunJson;
  /** The name of the line before that has the same run; two points of a grid may be one configuration. */
  readonly sameAs: string | null;
}

/** The lines of a sweep's list, in its order: each run under all of its names in this sweep. */
export function listedRuns(runs: readonly RunJson[], sweep: string): ListedRun[] {
  const places = runs.flatMap((run) =>
    run.appearances
      .filter((place) => place.sweep === sweep)
      .map(({ name, position }, index) => ({
        position,
        listed: { name, run, sameAs: index === 0 ? null : run.name },
      })),
  );
  return places.sort((a, b) => a.position - b.position).map(({ listed }) => listed);
}

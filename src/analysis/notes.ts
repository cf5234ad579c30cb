import type { Objective } from './objective.js';
import type { AnalysisNote, RunAnalysis } from './sweep-analysis.js';

/** What a reader of the numbers must know: runs that did not complete, correlations that do not exist, defaults. */
export function analysisNotes(
  runs: readonly RunAnalysis[],
  objective: Objective,
  /** Id of a run to all its names in the sweep. */
  names: ReadonlyMap<string, readonly string[]>,
): AnalysisNote[] {
  const notes: AnalysisNote[] = [];
  if (runs.length === 0) notes.push({ run: null, text: 'the sweep has no runs' });
  if (objective.isDefault && runs.some((run) => run.kind === 'train')) {
    notes.push({
      run: null,
      text: 'the definition names no objective: ranked by the lowest validation NLL',
    });
  }
  for (const run of runs) {
    for (const text of [...aliasNotes(names.get(run.id) ?? []), ...runNotes(run)])
      notes.push({ run: run.name, text });
  }
  return notes;
}

function aliasNotes([, ...others]: readonly string[]): string[] {
  if (others.length === 0) return [];
  return [`is ${others.join(', ')} as well: the same configuration and seed, done once`];
}

function runNotes(run: RunAnalysis): string[] {
  const notes: string[] = [];
  const course = courseNote(run);
  if (course !== null) notes.push(course);
  if (run.source !== null && run.source.name === null) {
    notes.push(`its source run ${run.source.id} is not in the database`);
  }
  const reason = run.correlation?.reason ?? null;
  if (reason !== null && run.epochs > 0) {
    notes.push(
      run.correlation?.r === null ? `no Pearson r: ${reason}` : `no interval of r: ${reason}`,
    );
  }
  return notes;
}

function courseNote(run: RunAnalysis): string | null {
  const because = run.reason === null ? '' : `: ${run.reason}`;
  switch (run.state) {
    case 'completed':
      return null;
    case 'planned':
      return 'has not started';
    case 'unfinished':
      return 'has no outcome yet: its numbers are those so far, and it is not ranked';
    case 'diverged':
      return `diverged${because}; ${
        run.best.val === null
          ? 'no epoch was over, so it has no scores'
          : 'its scores are those of the best epoch before'
      }`;
    case 'failed':
      return `failed${because}; it is not ranked`;
    case 'stopped':
      return `was stopped${because}; it is not ranked`;
  }
}

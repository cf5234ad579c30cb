import { formatDiagnostic } from '../core/errors.js';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import { withDatabaseErrors } from '../core/store/database-errors.js';
import type { SweepDatabase } from '../core/store/database.js';
import { openUpToDate } from '../core/store/open-up-to-date.js';
import { createStatusLine, note } from './output.js';
import { plainLines } from './plain-text.js';
import { type ResultsOptions, resultsOf } from './results.js';

/** An open database and where it lies. */
export interface OpenStore {
  readonly db: SweepDatabase;
  readonly paths: ResultsPaths;
}

/**
 * Reads from a results folder's database, when it has taken in what is new, and closes it.
 *
 * @throws SweepError `bad-call` when there are no results yet
 */
export function withStore<T>(options: ResultsOptions, read: (store: OpenStore) => T): T {
  const paths = resultsOf(options);
  const db = openStore(paths);
  try {
    return withDatabaseErrors(paths.database, () => read({ db, paths }));
  } finally {
    db.close();
  }
}

/** The database of a results folder, to read, with what is new taken in. @throws as {@link withStore} */
export function openStore(paths: ResultsPaths): SweepDatabase {
  const status = createStatusLine();
  const begin = performance.now();
  try {
    return openUpToDate(paths, {
      onProgress: ({ done, total }) => {
        if (performance.now() - begin > TELL_MS)
          status.update(`taking in what is new: ${done} of ${total} runs`);
      },
      onProblem: (problem) => {
        note('What is new in the results cannot be taken in, so what follows may be old:');
        for (const diagnostic of problem.diagnostics)
          note(plainLines(formatDiagnostic(diagnostic)));
      },
    });
  } finally {
    status.clear();
  }
}

/** What takes less needs no word. */
const TELL_MS = 500;

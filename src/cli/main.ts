#!/usr/bin/env node
import '../core/interpret-schemas.js';
import { CommanderError } from 'commander';
import { formatDiagnostic, SweepError } from '../core/errors.js';
import { databaseError, isSqliteError } from '../core/store/database-errors.js';
import { storageProblem } from '../core/run-folder/storage-problem.js';
import { EXIT_CODE } from './exit-code.js';
import { outliveTerminal } from './hangup.js';
import { note, printJson } from './output.js';
import { plainLines } from './plain-text.js';
import { createProgram } from './program.js';
import { isTerminalGone } from '../core/terminal-gone.js';

const terminal = { isGone: false };

// A reader that closes early (sweep ls | head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT_CODE.completed);
  onStreamError(error);
});
// Work does not end because nobody reads how it goes (2>&1 | head, or a tee that was ended).
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') onStreamError(error);
});

outliveTerminal();

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(
    isSqliteError(error) ? databaseError('sweep.db', error) : (storageProblem(error) ?? error),
  );
}

if (terminal.isGone) {
  // Node would end by putting the terminal back, which is not there: it aborts (a core dump, exit by SIGABRT).
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}

/** A terminal that was closed ends nothing by itself: SIGHUP does, and lets what is at work end first. */
function onStreamError(error: Error): void {
  if (!isTerminalGone(error)) throw error;
  terminal.isGone = true;
}

/** Prints an error once, in the form its reader can use, and says how the process ends. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // commander has printed its message; help and version end with 0
    return error.exitCode === 0 ? EXIT_CODE.completed : EXIT_CODE.badCall;
  }
  if (error instanceof SweepError) {
    if (process.argv.includes('--json'))
      printJson({ version: 1, kind: 'error', code: error.code, diagnostics: error.diagnostics });
    for (const diagnostic of error.diagnostics) note(plainLines(formatDiagnostic(diagnostic)));
    return EXIT_CODE.badCall;
  }
  note('This is a bug in sweep, please report it with the lines below:');
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT_CODE.failed;
}

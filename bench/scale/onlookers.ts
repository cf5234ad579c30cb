import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { ResultsPaths } from '../../src/core/run-folder/paths.js';
import { openTmux } from '../../test/support/tmux.js';
import { SWEEP } from './program.js';

/** Programs beside a writer; they have begun. */
export interface Onlookers {
  /** Ends them. @throws what went wrong with one of them, such as a lock */
  readonly end: () => Promise<void>;
}

/** Puts programs beside the writer of a sweep. */
export type StartOnlookers = (paths: ResultsPaths, sweep: string) => Promise<Onlookers>;

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const READER = fileURLToPath(
  new URL('../../test/fixtures/programs/watch-database.mjs', import.meta.url),
);
/** As busy as a reader, without a database. */
const BURNER =
  'let over=false;process.stdin.resume().on("end",()=>{over=true});process.stdout.write("ready\\n");' +
  'const burn=()=>{const end=performance.now()+20;while(performance.now()<end);if(!over)setImmediate(burn)};burn()';

/** Of each kind. */
export const VIEWERS = 10;

/** Nobody. */
export const leaveAlone: StartOnlookers = () => Promise.resolve({ end: () => Promise.resolve() });

/** Ten readers and one more that read again and again; every second one opens the database anew each time. */
export const startReaders: StartOnlookers = ({ folder }, sweep) =>
  startPrograms((index) => [READER, DIST, folder, sweep, index % 2 === 0 ? 'open' : 'reopen']);

/** As many programs that only take processor time. */
export const startBurners: StartOnlookers = () => startPrograms(() => ['-e', BURNER]);

async function startPrograms(args: (index: number) => readonly string[]): Promise<Onlookers> {
  const programs = Array.from({ length: VIEWERS + 1 }, (_, index) =>
    execa(process.execPath, args(index)),
  );
  await Promise.all(
    programs.map((program) => new Promise((begun) => program.stdout.once('data', begun))),
  );
  return {
    end: async () => {
      for (const program of programs) program.stdin.end();
      await Promise.all(programs);
    },
  };
}

/** As people look on: ten times `sweep watch` in terminals, and `sweep analyze` again and again. */
export const openTerminals: StartOnlookers = async ({ folder }, sweep) => {
  const terminals = Array.from({ length: VIEWERS }, () =>
    openTmux({
      columns: 120,
      rows: 40,
      folder,
      command: `${process.execPath} ${resolve(SWEEP)} watch ${sweep} --results ${folder}`,
    }),
  );
  await Promise.all(
    terminals.map((each) => each.until((screen) => screen.includes('? keys'), 'a dashboard')),
  );
  let isOver = false;
  const analyze = async (): Promise<void> => {
    while (!isOver) await execa(process.execPath, [SWEEP, 'analyze', sweep, '--results', folder]);
  };
  const analyses = analyze();
  return {
    end: async () => {
      isOver = true;
      const screens = terminals.map((each) => each.screen());
      for (const each of terminals) each.close();
      await analyses;
      const gone = screens.find((screen) => !screen.includes('? keys'));
      if (gone !== undefined) throw new Error(`a dashboard has ended:\n${gone}`);
    },
  };
};

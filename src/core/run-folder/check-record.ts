import { z } from 'zod';
import type { Diagnostic } from '../errors.js';
import { lastAttempt } from './attempts.js';
import { readHeader } from './event-log.js';
import type { AttemptPaths, RunPaths } from './paths.js';
import { readText } from './read-text.js';
import { type CountedAttempt, countedAttempts } from './run-log.js';
import { isFinal, type RunOutcome } from './run-state.js';

/** What is strange about the attempts of a run. */
export interface RecordCheck {
  /** Something of the record is lost, or a result that was reported does not count. */
  readonly problems: readonly Diagnostic[];
  /** Traces of processes that were cut off: nothing of it counts. */
  readonly notes: readonly Diagnostic[];
}

/**
 * Looks whether the attempts of a run fit together: that each goes on where it says, that no event is missing, and that nothing
 * was written to one that had ended.
 *
 * @throws SweepError `bad-record` when a first line cannot be read
 */
export function checkRecord(run: RunPaths): RecordCheck {
  const counted = countedAttempts(run);
  const problems: Diagnostic[] = [];
  const notes: Diagnostic[] = [];
  for (const [index, each] of counted.entries()) {
    const log = scanLog(each.attempt);
    problems.push(...findMissingLines(each, log), ...findLinesAfterEnd(each, log));
    const next = counted[index + 1];
    if (next === undefined || log.lines <= each.lines) continue;
    const end = log.ends.find(({ line, outcome }) => line > each.lines && isFinal(outcome));
    (end === undefined ? notes : problems).push(cutOff(each, next, log, end));
  }
  const [first] = counted;
  if (first?.header.after !== null && first !== undefined) problems.push(missingAttempt(first));
  for (const attempt of leftOut(run, counted)) {
    const end = scanLog(attempt).ends.find(({ outcome }) => isFinal(outcome));
    (end === undefined ? notes : problems).push(twoTruths(attempt, counted, end));
  }
  return { problems, notes };
}

/** An event that ends an attempt. */
interface End {
  /** From 1. */
  readonly line: number;
  readonly outcome: RunOutcome;
}

/** The lines of a log, read without a look at most of them. */
interface ScannedLog {
  /** Whole ones. */
  readonly lines: number;
  readonly ends: readonly End[];
  /** Number of the event in a line, from 1; null where it has none. */
  readonly seqAt: (line: number) => number | null;
}

/** No text in a line can have an unescaped quotation mark: this is the type of the event itself. */
const END = /"type":"(completed|diverged|failed|stopped)"/;

const outcomeSchema = z.enum(['completed', 'diverged', 'failed', 'stopped']);
const numberedSchema = z.object({ seq: z.int() });

function scanLog({ events }: AttemptPaths): ScannedLog {
  const lines = (readText(events) ?? '').split('\n').slice(0, -1);
  const ends = lines.flatMap((text, index): End[] => {
    const outcome = outcomeSchema.safeParse(END.exec(text)?.[1]);
    return outcome.success ? [{ line: index + 1, outcome: outcome.data }] : [];
  });
  return { lines: lines.length, ends, seqAt: (line) => seqOf(lines[line - 1] ?? '') };
}

function seqOf(text: string): number | null {
  try {
    return numberedSchema.parse(JSON.parse(text)).seq;
  } catch {
    return null; // whoever reads the record says what is wrong with it
  }
}

function findMissingLines(
  { attempt, header, lines }: CountedAttempt,
  log: ScannedLog,
): Diagnostic[] {
  if (lines !== Infinity && log.lines < lines)
    return [
      gap(
        attempt,
        `a later attempt goes on from its line ${lines}, and it has ${countOf(log.lines, 'line')}`,
      ),
    ];
  const counted = Math.min(lines, log.lines);
  const seq = log.seqAt(counted);
  const expected = header.seq + counted - 1; // a line for each event, after the first one
  return seq === null || seq === expected
    ? []
    : [
        gap(
          attempt,
          `its line ${counted} has event ${seq} where ${expected} is expected: ${countOf(seq - expected, 'line')} before it ${seq - expected === 1 ? 'is' : 'are'} missing`,
        ),
      ];
}

function gap({ events }: AttemptPaths, message: string): Diagnostic {
  return {
    where: events,
    message: `the log has a gap: ${message}`,
    fix: "What they said is lost: the disk or the network file system did not keep what it had promised, or somebody edited the file. Bring it back from a copy, or delete the run's folder to do the run again.",
  };
}

function missingAttempt({ attempt, header }: CountedAttempt): Diagnostic {
  return gap(
    attempt,
    `it goes on from attempt ${header.after?.attempt ?? 0}, whose log is not there`,
  );
}

/** Events that do not end an attempt, after one that does. */
function findLinesAfterEnd(
  { attempt, lines }: CountedAttempt,
  { ends, ...log }: ScannedLog,
): Diagnostic[] {
  const counted = Math.min(lines, log.lines);
  const [first] = ends;
  if (first === undefined) return [];
  const after =
    counted - first.line - ends.filter(({ line }) => line > first.line && line <= counted).length;
  return after <= 0
    ? []
    : [
        {
          where: attempt.events,
          message: `the log was written to after its attempt had ended: line ${first.line} says ${first.outcome}, and ${countOf(after, 'line')} follow${after === 1 ? 's' : ''}`,
          fix: `A process that was believed to be dead went on, or somebody edited the file. The lines count as they stand; sweep verify ${runIdOf(attempt)} says whether the run still gives them.`,
        },
      ];
}

function cutOff(
  { attempt, lines }: CountedAttempt,
  next: CountedAttempt,
  log: ScannedLog,
  end: End | undefined,
): Diagnostic {
  const after = countOf(log.lines - lines, 'line');
  const result =
    end === undefined
      ? ''
      : `; line ${end.line} says ${end.outcome}, and that result does not count either`;
  return {
    where: attempt.events,
    message: `the log was written to after attempt ${next.attempt.number} had taken over: ${after} after line ${lines}${result}`,
    fix: `A process that was suspended, or cut off from the file system, went on. Nothing of these lines counts: the run goes on in attempt ${next.attempt.number}.`,
  };
}

/** Attempts that were begun and are not among those that count. */
function leftOut(run: RunPaths, counted: readonly CountedAttempt[]): AttemptPaths[] {
  const numbers = new Set(counted.map(({ attempt }) => attempt.number));
  return Array.from({ length: lastAttempt(run) }, (_, index) => run.attempt(index + 1)).filter(
    (attempt) => !numbers.has(attempt.number) && readHeader(attempt) !== null,
  );
}

function twoTruths(
  attempt: AttemptPaths,
  counted: readonly CountedAttempt[],
  end: End | undefined,
): Diagnostic {
  const instead = counted.find((each) => each.attempt.number > attempt.number);
  const number = instead?.attempt.number ?? 0;
  const result =
    end === undefined ? '' : `; its line ${end.line} says ${end.outcome}, which does not count`;
  return {
    where: attempt.events,
    message: `attempts ${attempt.number} and ${number} were both begun on the same record: two processes worked on the run at once${result}`,
    fix: `Attempt ${number} counts, and nothing of attempt ${attempt.number}: its process was suspended, or cut off from the file system, between making the attempt and beginning it.`,
  };
}

function runIdOf({ run }: AttemptPaths): string {
  return run.folder.slice(-12);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

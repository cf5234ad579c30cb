/**
 * Errors that a user can act on. Anything else that is thrown is a bug in this program.
 *
 * One shape for all: `<where>  <what is wrong>` and then one line with the way out.
 */

/** One thing that is wrong with an input, and where. */
export interface Diagnostic {
  /** What is wrong, as a sentence without a full stop: `model.heads must be a positive integer (got "five")`. */
  readonly message: string;
  /** The place, as `file:line:column`, a path or the name of a run. */
  readonly where?: string;
  /** What to do about it, or the closest valid names. */
  readonly fix?: string;
}

/** What went wrong, for programs that read `--json`; each maps to one exit code. */
export type ErrorCode =
  /** The definition file is wrong. */
  | 'bad-definition'
  /** The command was called wrongly: an unknown option, run or sweep. */
  | 'bad-call'
  /** The data cannot be read or is not usable. */
  | 'bad-data'
  /** A file that this program wrote itself is damaged or from another version. */
  | 'bad-record'
  /** A hub or server cannot be reached, or refused. */
  | 'unreachable'
  /** Another process holds what is needed. */
  | 'busy'
  /** The machine lacks something: memory, a device, a library. */
  | 'unavailable'
  /** The worker used a different configuration than the plan said. */
  | 'plan-mismatch';

/** An error with one or more diagnostics; `main` prints it without a stack trace. */
export class SweepError extends Error {
  readonly code: ErrorCode;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: ErrorCode,
    diagnostics: Diagnostic | readonly Diagnostic[],
    options?: { readonly cause?: unknown },
  ) {
    const list: readonly Diagnostic[] = isList(diagnostics) ? diagnostics : [diagnostics];
    super(list.map(formatDiagnostic).join('\n'), options);
    this.name = 'SweepError';
    this.code = code;
    this.diagnostics = list;
  }
}

function isList(value: Diagnostic | readonly Diagnostic[]): value is readonly Diagnostic[] {
  return Array.isArray(value);
}

/** The one text form of a diagnostic: `<where>  <message>`, then an indented line with the way out. */
export function formatDiagnostic({ where, message, fix }: Diagnostic): string {
  const head = where === undefined ? message : `${where}  ${message}`;
  return fix === undefined ? head : `${head}\n    ${fix}`;
}

/** A value as it is quoted in a message: JSON, shortened to 60 characters. */
export function quoteValue(value: unknown): string {
  // JSON has no word for undefined, NaN and the infinities.
  const isPlain = value !== undefined && (typeof value !== 'number' || Number.isFinite(value));
  const text = isPlain ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Made when it is needed: it takes 10 ms or more, and a command that goes well has no use for it. */
let list: Intl.ListFormat | undefined;

/** Alternatives as a sentence has them: `a`, `a or b`, `a, b or c`. */
export function anyOf(alternatives: readonly string[]): string {
  list ??= new Intl.ListFormat('en-GB', { type: 'disjunction' });
  return list.format(alternatives);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether an error of the file system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}

/** Whether an error of Node or of the system has one of these codes, such as `EEXIST`. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

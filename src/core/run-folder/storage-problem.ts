import { SweepError } from '../errors.js';

const FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)/;

/** What the system or SQLite says when it cannot keep something, and what a user can do. */
const PROBLEMS: readonly (readonly [code: RegExp, message: string, fix: string])[] = [
  [FULL, 'the disk is full', 'Free some space; the same command goes on where this one ended.'],
  [
    /^(EROFS|SQLITE_READONLY)/,
    'the file system is read-only',
    'Make it writable, or choose another folder with --results DIR or SWEEP_RESULTS.',
  ],
  [
    /^(EACCES|EPERM)/,
    'there is no permission to write',
    'Change the permissions, or choose another folder with --results DIR or SWEEP_RESULTS.',
  ],
  [
    /^(EIO|SQLITE_IOERR)/,
    'the disk reports an error',
    'Look at the system log; what is on record can be gone on from.',
  ],
];

/** An error of storage as one that a user can act on; null for any other error. */
export function storageProblem(error: unknown): SweepError | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  const problem = PROBLEMS.find(([pattern]) => pattern.test(code));
  if (problem === undefined) return null;
  const [, message, fix] = problem;
  const where = 'path' in error && typeof error.path === 'string' ? { where: error.path } : {};
  return new SweepError('unavailable', { ...where, message, fix }, { cause: error });
}

/** Whether an error of storage says that there is no room left, which can pass. */
export function isDiskFull(error: unknown): boolean {
  return FULL.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

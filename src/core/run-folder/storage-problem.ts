import { SweepError } from '../errors.js';

/** What the system or SQLite says when it cannot keep something, and what a user can do. */
const PROBLEMS: readonly (readonly [code: RegExp, message: string, fix: string])[] = [
  [
    /^(ENOSPC|EDQUOT|SQLITE_FULL)/,
    'the disk is full',
    'Free some space; the same command goes on where this one ended.',
  ],
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
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  const { code } = error;
  const problem = PROBLEMS.find(([pattern]) => pattern.test(code));
  if (problem === undefined) return null;
  const [, message, fix] = problem;
  const where = 'path' in error && typeof error.path === 'string' ? { where: error.path } : {};
  return new SweepError('unavailable', { ...where, message, fix }, { cause: error });
}

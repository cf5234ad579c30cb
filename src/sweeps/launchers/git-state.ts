import { execFileSync } from 'node:child_process';

/** Commit of a folder's repository, for the record; null outside one or without git. */
export interface GitState {
  readonly commit: string;
  /** Whether anything tracked differs from that commit. */
  readonly dirty: boolean;
}

/** Reads the commit and whether the working tree differs from it. */
export function readGitState(folder: string): GitState | null {
  try {
    const commit = git(folder, 'rev-parse', 'HEAD');
    const changes = git(folder, 'status', '--porcelain', '--untracked-files=no');
    return { commit, dirty: changes !== '' };
  } catch {
    // No git, no repository, or no commit yet: none of them stops anybody from training.
    return null;
  }
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

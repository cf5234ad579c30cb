import { readGitState } from '../sweeps/launchers/git-state.js';

/** What workers put on record of the repository around a folder. */
export function gitEnvironment(folder: string): Record<string, string> {
  const git = readGitState(folder);
  if (git === null) return {};
  return { SWEEP_GIT_COMMIT: git.commit, SWEEP_GIT_DIRTY: String(git.dirty) };
}

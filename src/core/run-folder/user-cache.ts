import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folder for what this user can do without, by the XDG Base Directory Specification; it need not exist. */
export function userCacheFolder(
  { XDG_CACHE_HOME: cache }: NodeJS.ProcessEnv = process.env,
  home: () => string = homedir,
): string {
  return cache !== undefined && isAbsolute(cache)
    ? join(cache, 'sweep')
    : join(home(), '.cache', 'sweep');
}

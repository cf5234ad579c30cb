import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { userCacheFolder } from '../run-folder/user-cache.js';

/**
 * Where the database of a results folder is: in the folder, or where several hosts may see that, in a cache of this host,
 * since SQLite's locks and shared memory do not reach over a network (https://sqlite.org/wal.html). No host reads another's.
 *
 * @param cache `--cache`: the folder of the cache, wherever the results are
 * @returns undefined for the results folder itself
 */
export function placeDatabase(results: string, cache: string | undefined): string | undefined {
  const folder = existingPart(resolve(results));
  if (cache === undefined && !isOnNetwork(folder)) return undefined;
  return join(
    cache === undefined ? localCache() : resolve(cache),
    hostname(),
    nameOf(results),
    'sweep.db',
  );
}

/** The user's cache folder; where the home is on a network too, the folder for temporary files. */
function localCache(): string {
  const cache = userCacheFolder();
  return isOnNetwork(existingPart(cache)) ? join(tmpdir(), `sweep-${userInfo().uid}`) : cache;
}

/** One name for each results folder, and readable. */
function nameOf(results: string): string {
  const path = resolve(results);
  const there = existingPart(path);
  const real = realpathSync(there) + path.slice(there.length);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 12);
  return `${basename(real)}-${hash}`;
}

/** The folder itself, or the nearest one above it that exists. */
function existingPart(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existingPart(dirname(path));
}

/**
 * Types of file systems that more than one host may see, by statfs(2) on Linux (linux/magic.h and the sources of each). FUSE
 * counts as one: sshfs and most others are.
 */
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x65735546, // FUSE, also virtiofs
  0x01021997, // 9P
  0x0bd00bd0, // Lustre
  0x00c36400, // Ceph
  0x47504653, // GPFS
  0x19830326, // BeeGFS
  0x5346414f, // AFS
  0x6b414653, // kAFS
  0x7461636f, // OCFS2
  0x01161970, // GFS2
  0x20030528, // OrangeFS
  0x73757245, // Coda
  0x786f4256, // VirtualBox shared folder
  0xbacbacbc, // VMware shared folder
]);

/** Elsewhere than on Linux the types are other numbers; there `--cache` says it. */
function isOnNetwork(folder: string): boolean {
  return process.platform === 'linux' && NETWORK_TYPES.has(statfsSync(folder).type);
}

import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

/** Node-API version that better-sqlite3 13 is built for; with an older one it would not load but crash. */
const NEEDED_NODE_API = 10;

/**
 * The better-sqlite3 for this Node: 13 where it is installed and can run (Node 22.14 and later), else 12.
 *
 * better-sqlite3 12 compiled against Node 24.19 or later aborts the process when a statement is collected
 * (docs/decisions/0008).
 */
export function loadSqlite(nodeApi: string = process.versions['napi'] ?? '0'): typeof Database {
  const require = createRequire(import.meta.url);
  const loaded: unknown = require(packageFor(Number(nodeApi), require));
  if (!isConnection(loaded)) throw new Error('better-sqlite3 is damaged: install sweep again');
  return loaded;
}

function isConnection(loaded: unknown): loaded is typeof Database {
  return typeof loaded === 'function' && 'SqliteError' in loaded;
}

function packageFor(nodeApi: number, { resolve }: NodeJS.Require): string {
  const newer = 'better-sqlite3-node-api';
  if (nodeApi < NEEDED_NODE_API) return 'better-sqlite3';
  try {
    resolve(newer);
    return newer;
  } catch {
    return 'better-sqlite3'; // an optional dependency may be absent
  }
}

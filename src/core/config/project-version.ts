import { readFileSync } from 'node:fs';

/**
 * Version of this program, from its package.json. Read without zod, which would be a third of `sweep --help`'s time.
 *
 * @throws Error when the package was damaged
 */
export function projectVersion(): string {
  return (known ??= readVersion());
}

let known: string | undefined;

function readVersion(): string {
  // The same depth below the package in src/core/config and dist/core/config.
  const path = new URL('../../../package.json', import.meta.url);
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    const { version } = manifest;
    if (typeof version === 'string') return version;
  }
  throw new Error('package.json names no version: install sweep again');
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** Version of this program, from its package.json. */
export function projectVersion(): string {
  // The same depth below the package in src/core/config and dist/core/config.
  const path = new URL('../../../package.json', import.meta.url);
  return packageSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}

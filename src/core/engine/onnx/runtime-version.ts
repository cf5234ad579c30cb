import { createRequire } from 'node:module';
import { z } from 'zod';

/** Version of the library underneath, such as `1.30.0`. */
export function runtimeVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('onnxruntime-node/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}

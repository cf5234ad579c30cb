import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread; when this program runs from source, with the TypeScript loader, which no thread inherits.
 *
 * @param caller `import.meta.url` of the module beside which the thread's program lies
 * @param program its file without extension, such as `./lane-worker`
 */
export function startThread(
  caller: string,
  program: string,
  options: Pick<WorkerOptions, 'workerData'> = {},
): Worker {
  const extension = extname(fileURLToPath(caller));
  const url = new URL(`${program}${extension}`, caller);
  if (extension !== '.ts') return new Worker(url, options);
  const [file, parent] = [url.href, caller].map((text) => JSON.stringify(text));
  const load = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${parent}))`;
  return new Worker(load, { ...options, eval: true });
}

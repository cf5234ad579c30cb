import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFile } from './atomic-write.js';

/**
 * Writes a file whole or not at all, without having it in memory: `fill` writes it under another name beside it.
 *
 * A process that is killed leaves `<file>.partial`; the next one that writes the same file removes it.
 */
export function stageFile(file: string, fill: (staged: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  stage(file, (staged) => {
    fill(staged);
    syncFile(staged);
    renameSync(staged, file);
  });
}

/**
 * Writes a folder of files whole or not at all: `fill` writes it under another name beside it. In a folder that exists
 * already, files of the same name are replaced one by one, and others stay.
 *
 * @returns the files, relative to the folder
 */
export function stageFolder(folder: string, fill: (staged: string) => void): string[] {
  mkdirSync(dirname(folder), { recursive: true });
  return stage(folder, (staged) => {
    mkdirSync(staged);
    fill(staged);
    const files = filesIn(staged);
    for (const file of files) syncFile(join(staged, file));
    if (existsSync(folder)) {
      for (const file of files) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        renameSync(join(staged, file), join(folder, file));
      }
      rmSync(staged, { recursive: true });
    } else renameSync(staged, folder);
    return files;
  });
}

function stage<T>(target: string, fill: (staged: string) => T): T {
  const staged = `${target}.partial`;
  rmSync(staged, { recursive: true, force: true });
  try {
    return fill(staged);
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  }
}

function filesIn(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => {
      const name = join(prefix, entry.name);
      return entry.isDirectory() ? filesIn(folder, name) : [name];
    })
    .sort();
}

/** Bytes gathered before they go to the file: fewer and longer writes are faster. */
const BUFFER_BYTES = 64 * 1024;

/** A file that is written from its beginning to its end. */
export interface FileWriter {
  write(part: string | Uint8Array): void;
}

/** Creates a file and has `fill` write it. */
export function writeStream(path: string, fill: (file: FileWriter) => void): void {
  const file = openSync(path, 'w');
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const flush = (): void => {
    const whole = Buffer.concat(parts, bytes);
    for (let done = 0; done < whole.length;) done += writeSync(file, whole, done);
    [parts, bytes] = [[], 0];
  };
  try {
    fill({
      write: (part) => {
        const chunk = typeof part === 'string' ? Buffer.from(part) : part;
        parts.push(chunk);
        bytes += chunk.byteLength;
        if (bytes >= BUFFER_BYTES) flush();
      },
    });
    flush();
  } finally {
    closeSync(file);
  }
}

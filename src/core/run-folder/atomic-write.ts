import { randomInt } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a whole file or nothing: to a temporary name in the same folder (a rename is atomic only within one file
 * system), synced, then renamed. Readers see the old file or the new one.
 *
 * Not by write-file-atomic: its synchronous write takes what one system call writes for the whole, and a disk that gets
 * full takes a part first.
 */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  replaceFile(path, content, true);
}

/** {@link writeFileWhole} for what a power cut may take, or what is synced later: whoever dies, readers see a whole file. */
export function writeJsonUnsynced(path: string, value: unknown): void {
  replaceFile(path, encodeJson(value), false);
}

/** {@link writeJsonUnsynced} in a folder that is there: one that was removed meanwhile is not made again. */
export function replaceJson(path: string, value: unknown): void {
  replaceInFolder(path, encodeJson(value), false);
}

function replaceFile(path: string, content: string | Uint8Array, syncs: boolean): void {
  mkdirSync(dirname(path), { recursive: true });
  replaceInFolder(path, content, syncs);
}

function replaceInFolder(path: string, content: string | Uint8Array, syncs: boolean): void {
  const temporary = `${path}.${randomInt(2 ** 47)}`;
  try {
    write(temporary, typeof content === 'string' ? Buffer.from(content) : content, syncs);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function write(path: string, bytes: Uint8Array, syncs: boolean): void {
  const file = openSync(path, 'w');
  try {
    for (let done = 0; done < bytes.length;)
      done += writeSync(file, bytes, done, bytes.length - done, done);
    if (syncs) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** {@link writeFileWhole} for JSON, indented for people. */
export function writeJson(path: string, value: unknown): void {
  writeFileWhole(path, encodeJson(value));
}

function encodeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Keeps what is in `from` under the name `to`, replacing what was there: readers see the old file or the new one. To be
 * used where `from` is about to be replaced: until then both names are one file, where the file system has links.
 */
export function keepAs(from: string, to: string): void {
  const temporary = temporaryName(to);
  rmSync(temporary, { force: true });
  try {
    linkSync(from, temporary);
    renameSync(temporary, to);
    rmSync(temporary, { force: true }); // rename(2) does nothing, and says nothing, where both are one file already
  } catch {
    copyFileWhole(from, to);
  }
}

/** Copies a whole file or nothing; a flipped bit or a cut in one of them leaves the other as it is. */
export function copyFileWhole(from: string, to: string): void {
  const temporary = temporaryName(to);
  rmSync(temporary, { force: true });
  copyFileSync(from, temporary, constants.COPYFILE_FICLONE);
  syncFile(temporary);
  renameSync(temporary, to);
}

/** With a number at its end, so that {@link findLeftovers} finds it. */
function temporaryName(path: string): string {
  return `${path}.0`;
}

/** Puts the names in a folder on disk: a rename survives a power cut only then. */
export function syncFolder(folder: string): void {
  // Windows has no such call and keeps its own journal of names.
  if (process.platform !== 'win32') sync(folder);
}

/** Puts what was written to a file on disk, whoever wrote it. */
export function syncFile(path: string): void {
  sync(path);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts what was written to an open file on disk, while this process does other things. */
export function syncDescriptor(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(descriptor, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** {@link syncFile} and {@link syncFolder} in the background. What happens is told to whoever waits for it. */
export function syncLater(path: string, kind: 'file' | 'folder'): Promise<void> {
  if (kind === 'folder' && process.platform === 'win32') return Promise.resolve();
  const descriptor = openSync(path, 'r');
  const synced = syncDescriptor(descriptor).finally(() => {
    closeSync(descriptor);
  });
  synced.catch(() => undefined); // not lost: the caller waits for the same promise, perhaps later
  return synced;
}

/** Names of what killed writers of some files of a folder left. @param isWritten tells whether a name is one of them */
export function findLeftovers(folder: string, isWritten: (name: string) => boolean): string[] {
  return readdirSync(folder).filter((entry) => {
    const [, name] = /^(.*)\.\d+$/.exec(entry) ?? [];
    return name !== undefined && isWritten(name);
  });
}

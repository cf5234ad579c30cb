import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { messageOf } from '../../errors.js';
import type { DataProgress } from '../source.js';
import { offline, type Hub, type Revision } from './hub.js';

const revisionsSchema = z.record(
  z.string(),
  z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/), files: z.array(z.string()) }),
);

/** Commits that have been seen, by branch, tag or commit: what is used when the hub cannot be asked. */
type Revisions = z.infer<typeof revisionsSchema>;

/**
 * Downloaded files of one data set: `<folder>/<commit>/<path>` and `<folder>/revisions.json`.
 *
 * **Durability**: a file is written under a temporary name beside its place and then renamed, so that a reader, and a
 * second process that downloads the same, only ever see whole files. A commit never changes: what is there stays valid.
 */
export class HubCache {
  readonly #folder: string;

  /** @param folder of this data set; made when something is written */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was remembered of a revision, if anything. */
  async recall(revision: string): Promise<Revision | undefined> {
    return (await this.#readRevisions())[revision];
  }

  /** Remember what a revision is now, under its name and under its commit. */
  async remember(revision: string, { sha, files }: Revision): Promise<void> {
    const known = await this.#readRevisions();
    const entry = { sha, files: [...files] };
    const text = JSON.stringify({ ...known, [revision]: entry, [sha]: entry }, undefined, 2);
    await mkdir(this.#folder, { recursive: true });
    await replaceFile(this.#revisionsFile(), (temporary) => writeFile(temporary, text));
  }

  /**
   * Path of a file of the data set on this machine; downloads it if it is not there yet.
   *
   * @throws SweepError `unreachable` if the download fails; the files that came before it stay in the cache
   */
  async fetchFile(
    hub: Hub,
    { repository, sha, file }: { repository: string; sha: string; file: string },
    onProgress: (progress: DataProgress) => void,
  ): Promise<string> {
    const target = path.join(this.#folder, sha, ...file.split('/'));
    if (await exists(target)) return target;
    const response = await hub.openFile(repository, sha, file);
    const message = `downloading ${repository}/${file}`;
    await mkdir(path.dirname(target), { recursive: true });
    await replaceFile(target, (temporary) =>
      saveBody(response, temporary, (done, total) => {
        onProgress({ message, done, total });
      }),
    );
    return target;
  }

  async #readRevisions(): Promise<Revisions> {
    let text: string;
    try {
      text = await readFile(this.#revisionsFile(), 'utf8');
    } catch {
      return {}; // nothing was remembered yet
    }
    try {
      return revisionsSchema.parse(JSON.parse(text));
    } catch {
      return {}; // damaged: the hub is asked again, and the file written anew
    }
  }

  #revisionsFile(): string {
    return path.join(this.#folder, 'revisions.json');
  }
}

async function saveBody(
  response: Response,
  file: string,
  onBytes: (done: number, total: number | null) => void,
): Promise<void> {
  const length = response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      onBytes(done, total);
      next(null, chunk);
    },
  });
  try {
    if (response.body === null) throw new Error('the answer has no content');
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file));
    if (total !== null && done !== total) throw new Error(`${done} of ${total} bytes came`);
  } catch (error) {
    throw offline(response.url, `the download broke off (${messageOf(error)})`, error);
  }
}

async function replaceFile(
  target: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  // Beside the target: a rename is atomic only within one file system.
  const temporary = `${target}.${randomUUID()}.part`;
  try {
    await write(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

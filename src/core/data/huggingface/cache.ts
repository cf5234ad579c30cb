import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { messageOf, quoteValue, SweepError } from '../../errors.js';
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
  readonly #mostBytes: number;

  /**
   * @param folder of this data set; made when something is written
   * @param mostBytes of one file
   */
  constructor(folder: string, mostBytes: number = MOST_BYTES) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
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
    const segments = file.split('/');
    if (segments.some((segment) => !isFileName(segment))) throw unsafeName(repository, file);
    const target = path.join(this.#folder, sha, ...segments);
    if (await exists(target)) return target;
    const response = await hub.openFile(repository, sha, file);
    const message = `downloading ${repository}/${file}`;
    await mkdir(path.dirname(target), { recursive: true });
    await replaceFile(target, (temporary) =>
      saveBody(
        response,
        temporary,
        (done, total) => {
          onProgress({ message, done, total });
        },
        this.#mostBytes,
      ),
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

/** A name that stays in its folder: the list of files comes from another machine. */
function isFileName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\\0]/u.test(segment);
}

function unsafeName(repository: string, file: string): SweepError {
  return new SweepError('unreachable', {
    where: repository,
    message: `the hub lists a file whose name leaves its folder: ${quoteValue(file)}`,
    fix: 'Do not use this data set: its names were made to write elsewhere.',
  });
}

/** Largest file that is downloaded. Parquet files on the hub are made to be some hundred megabytes. */
const MOST_BYTES = 32 * 2 ** 30;

async function saveBody(
  response: Response,
  file: string,
  onBytes: (done: number, total: number | null) => void,
  mostBytes: number,
): Promise<void> {
  const length = response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      onBytes(done, total);
      next(done > mostBytes ? tooLarge(mostBytes) : null, chunk);
    },
  });
  try {
    if (total !== null && total > mostBytes) throw tooLarge(mostBytes);
    if (response.body === null) throw new Error('the answer has no content');
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file));
    if (total !== null && done !== total) throw new Error(`${done} of ${total} bytes came`);
  } catch (error) {
    throw offline(response.url, `the download broke off (${messageOf(error)})`, error);
  }
}

function tooLarge(mostBytes: number): Error {
  return new Error(`the file has more than ${mostBytes.toLocaleString('en-US')} bytes`);
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

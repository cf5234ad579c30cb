import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../errors.js';
import { readText } from './read-text.js';

/**
 * Numbered folders, each of which exactly one process makes: the attempts of a run, the coordinators of a results folder.
 * Whoever makes the next one has taken over, and whoever made an earlier one writes only into that; so a process that was
 * suspended and wakes up can do no harm, whatever it believes (docs/decisions/0033-attempts.md).
 */
export interface NumberedFolders {
  /** The folder that they are in. */
  readonly parent: string;
  /** The file that says who made one, written with it. */
  readonly ownerFile: string;
  /** Other files, of which one at least is there when that file is not any more. An empty folder is none of them. */
  readonly otherFiles?: readonly string[];
}

/** What the owner file says. */
export interface Owned {
  /** A token that no other process has; see {@link newOwner}. */
  readonly owner: string;
}

export function newOwner(): string {
  return randomBytes(8).toString('hex');
}

/**
 * Makes a numbered folder with the file that names its owner, in one step: it is made beside its place and renamed, which a
 * file system does only when nothing but an empty folder is there.
 *
 * A request that is repeated on the way, as on NFS, may be told that the folder exists by itself; and file systems call the
 * refusal by different names. So after any error it is looked at whose the folder is.
 *
 * @param others what else is in it from its beginning on, by name
 * @returns false when somebody else has made it
 * @throws an error of the file system
 */
export function createNumbered(
  folders: NumberedFolders,
  number: number,
  content: Owned,
  others: Readonly<Record<string, object>> = {},
): boolean {
  const { parent, ownerFile } = folders;
  const folder = join(parent, `${number}`);
  const staged = join(parent, `${number}.${content.owner}`);
  mkdirSync(staged, { recursive: true });
  for (const [name, value] of Object.entries({ ...others, [ownerFile]: content }))
    writeFileSync(join(staged, name), JSON.stringify(value));
  try {
    renameSync(staged, folder);
    return true;
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    if (!askWhetherThere(folder)) throw error;
    return readOwner(join(folder, ownerFile)) === content.owner;
  }
}

const ownedSchema = z.object({ owner: z.string() });

function readOwner(path: string): string | null {
  const text = readText(path);
  return text === null ? null : ownedSchema.parse(JSON.parse(text)).owner;
}

/**
 * The highest number that was made; 0 when there is none. What a network file system lists may be a minute old, so the
 * numbers after it are looked up by name.
 *
 * @param atLeast a number that is known to be there
 */
export function lastNumber(folders: NumberedFolders, atLeast = 0): number {
  // Numbers have no gaps: after one that is known the list says nothing new.
  const listed = atLeast > 0 ? [] : listNumbers(folders.parent).sort((a, b) => b - a);
  let last = listed.find((number) => isMade(folders, number)) ?? atLeast;
  while (isMade(folders, last + 1)) last += 1;
  return last;
}

function isMade({ parent, ownerFile, otherFiles = [] }: NumberedFolders, number: number): boolean {
  const folder = join(parent, `${number}`);
  return [ownerFile, ...otherFiles].some((name) => existsSync(join(folder, name)));
}

/** The numbers in a folder, in no order. */
function listNumbers(parent: string): number[] {
  try {
    return readdirSync(parent)
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether a name is of what somebody who died left beside the numbered folders. */
export function isStagedNumber(name: string): boolean {
  return /^[1-9]\d*\.[0-9a-f]+$/.test(name);
}

/**
 * Whether somebody has made the next folder, asked of the file system itself. An empty folder is nobody's: whoever makes the
 * next one renames over it.
 */
export function isFollowed({ parent }: NumberedFolders, number: number): boolean {
  return askWhetherThere(join(parent, `${number + 1}`));
}

/**
 * Whether something other than an empty folder is at a path. What a client of a network file system remembers of names that
 * are not there may be a minute old, but to make one it always asks.
 */
export function askWhetherThere(path: string): boolean {
  try {
    mkdirSync(path);
  } catch {
    // It is there, or nothing can be made here: what follows says which.
  }
  try {
    rmdirSync(path);
    return false;
  } catch (error) {
    return !isMissing(error);
  }
}

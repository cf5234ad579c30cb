import { relative } from 'node:path';
import prettyBytes from 'pretty-bytes';
import type { ResultsPaths } from '../core/run-folder/paths.js';
import type { Retention } from '../core/run-folder/retention.js';
import type { UnneededFile } from '../core/run-folder/unneeded-files.js';
import type { Garbage, RunGarbage } from '../sweeps/garbage/find-garbage.js';
import { plainText } from './plain-text.js';

/** Lines of a list; the largest are shown, `--json` has all. */
const MOST_SHOWN = 20;

/** What goes and how many bytes that frees, in lines: each run, each leftover, the caches, and the sum. */
export function describeGarbage(garbage: Garbage, paths: ResultsPaths): string[] {
  const { runs, orphans, leftovers, caches, atWork, bytes } = garbage;
  const shown = (path: string): string => relative(process.cwd(), path);
  const lines = [
    ...section('files that runs do not need', runs, describeRun),
    ...section('whole runs, which no sweep lists', orphans, ({ id, state }) => `${id}, ${state}`),
    ...section('left by processes that were killed', leftovers, ({ path }) => shown(path)),
    ...section('caches, which are made again when needed', caches, ({ path }) => shown(path)),
    ...(atWork.length === 0
      ? []
      : [`left alone, for a worker has them: ${atWork.slice(0, MOST_SHOWN).join(', ')}`]),
  ];
  const frees = runs.length + orphans.length + leftovers.length + caches.length;
  return frees === 0
    ? [...lines, `nothing in ${shown(paths.folder) || '.'} is not needed`]
    : [...lines, `together ${prettyBytes(bytes)}`];
}

function section<T extends { readonly bytes: number }>(
  title: string,
  entries: readonly T[],
  describe: (entry: T) => string,
): string[] {
  if (entries.length === 0) return [];
  const sum = entries.reduce((total, { bytes }) => total + bytes, 0);
  const shown = entries.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_SHOWN);
  const rest = entries.length - shown.length;
  return [
    `${title}: ${prettyBytes(sum)}`,
    ...shown.map((entry) => `  ${prettyBytes(entry.bytes).padStart(8)}  ${describe(entry)}`),
    ...(rest > 0 ? [`  and ${rest} more; --json lists all`] : []),
  ];
}

function describeRun({ name, id, state, keep, files }: RunGarbage): string {
  const what = (['improvement', 'finished', 'leftover'] as const).flatMap((reason) => {
    const some = files.filter((file) => file.reason === reason);
    return some.length === 0 ? [] : [describeFiles(some, reason)];
  });
  return `${plainText(name)} (${id}), ${state}, keeps ${describeKeep(keep)}: ${what.join(', ')}`;
}

function describeFiles(files: readonly UnneededFile[], reason: UnneededFile['reason']): string {
  switch (reason) {
    case 'improvement':
      return files.length === 1 ? '1 replaced best model' : `${files.length} replaced best models`;
    case 'finished':
      return files.map(({ file }) => file).join(', ');
    case 'leftover':
      return files.length === 1 ? '1 leftover' : `${files.length} leftovers`;
  }
}

function describeKeep(keep: Retention): string {
  switch (keep) {
    case 'best':
      return 'the best model';
    case 'last':
      return 'the best and the last model';
    case 'improvements':
      return 'all improvements and the last model';
    default:
      return `${keep} improvements and the last model`;
  }
}

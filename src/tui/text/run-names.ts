import { cellWidth, clip, clipMiddle } from './cells.js';

/** Names of runs as a column has them. */
export interface NameColumn {
  /** What the names say, such as `RUN`, or the keys whose values stand for the names. */
  readonly title: string;
  /** In the order of the runs; the same runs have different names still, as far as there is room. */
  readonly names: readonly string[];
}

/** What a column of names is called. */
export interface NameColumnOptions {
  readonly title: string;
  readonly ellipsis: string;
  /** Cells that the title may take. @default as many as the names */
  readonly titleWidth?: number;
}

/**
 * Names in at most `width` cells. Where those that a grid makes are too long, such as `small/learningRate=0.001,heads=2`,
 * their values alone tell the runs apart, and the title has the keys; other names lose their middle.
 */
export function shownNames(
  names: readonly string[],
  width: number,
  { title, ellipsis, titleWidth = width }: NameColumnOptions,
): NameColumn {
  const keys = names.every((name) => cellWidth(name) <= width) ? null : keysOfNames(names);
  const shown = keys === null ? names : names.map(valuesOfName);
  return {
    title: keys === null ? title : shortenedWords(keys, titleWidth, ellipsis),
    names: shown.map((name) => clipMiddle(name, width, ellipsis)),
  };
}

/** The keys whose values make up the names, when those of all are the same; a piece without a key is the `run`. */
export function keysOfNames(names: readonly string[]): readonly string[] | null {
  const [first, ...others] = names.map((name) => partsOf(name).map(({ key }) => key));
  if (first === undefined || first.every((key) => key === null)) return null;
  const isSame = (keys: readonly (string | null)[]): boolean =>
    keys.length === first.length && keys.every((key, index) => key === first[index]);
  return others.every(isSame) ? first.map((key) => key ?? 'run') : null;
}

/** A name without its keys: `small, 0.001, 2` of `small/learningRate=0.001,heads=2`. */
export function valuesOfName(name: string): string {
  return partsOf(name)
    .map(({ value }) => value)
    .join(SEPARATOR);
}

const SEPARATOR = ', ';

/** A piece of a name: `learningRate=0.001`, or a word without a key. */
interface NamePart {
  readonly key: string | null;
  readonly value: string;
}

/** Names of cases are made of pieces with these signs between them; a value that has one of them makes no harm but room. */
function partsOf(name: string): NamePart[] {
  return name.split(/[/,]/).map((part) => {
    const [, key, value] = /^([\w.]+)=(.*)$/.exec(part) ?? [];
    return key === undefined || value === undefined ? { key: null, value: part } : { key, value };
  });
}

/** Words in a row of at most `width` cells: the longest lose their ends first, so that something of each is seen. */
export function shortenedWords(words: readonly string[], width: number, ellipsis: string): string {
  const longest = Math.max(0, ...words.map(cellWidth));
  for (let most = longest; most > 2; most -= 1) {
    const row = words.map((word) => clip(word, most, ellipsis)).join(SEPARATOR);
    if (cellWidth(row) <= width) return row;
  }
  return clip(words.join(SEPARATOR), width, ellipsis);
}

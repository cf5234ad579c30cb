import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { messageOf, type Diagnostic } from '../../core/errors.js';

/** A path of keys and indices into a YAML document, such as `['runs', 0, 'model.heads']`. */
export type YamlPath = readonly (string | number)[];

/** A YAML file as plain values, with the place of each key and value. */
export interface YamlSource {
  /** The path as the user gave it; every place starts with it. */
  readonly file: string;
  readonly text: string;
  /** Plain objects, lists and scalars; null for an empty file. */
  readonly value: unknown;
  /** `file:line:column` of the key or value at a path, or of the closest part around it that exists. */
  locate(path: YamlPath, part?: 'key' | 'value'): string;
  /** `file:line:column` of a character within the text value at a path. */
  locateInside(path: YamlPath, offset: number): string;
}

interface Place {
  readonly key: number;
  readonly value: number;
  /** Where the characters of a text start: behind its opening quote. */
  readonly content: number;
}

/**
 * Parses YAML 1.2 (core schema: `1e-3` is a number, `yes` is a text) and remembers where everything stands.
 *
 * @returns the source, or everything that is wrong with its syntax: errors, duplicate keys, unknown tags, unresolved
 *   aliases, and aliases that would expand to an excessive size
 */
export function parseYaml(text: string, file: string): YamlSource | readonly Diagnostic[] {
  const excess = checkExtent(text, file);
  if (excess !== undefined) return [excess];
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error', // or it would print warnings itself
    uniqueKeys: false, // the library compares each key with each: a hundred thousand take minutes
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };

  const problems = [...document.errors, ...document.warnings].map((problem) => ({
    where: at(problem.pos[0]),
    message: problem.message,
  }));
  problems.push(...duplicateKeys(document, text, at), ...unresolvedAliases(document, at));
  if (problems.length > 0) return problems;

  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // The library refuses documents whose aliases multiply ("billion laughs") while it expands them.
    return [{ where: at(0), message: messageOf(error) }];
  }

  const find = createFinder(document.contents);
  return {
    file,
    text,
    value,
    locate: (path, part = 'value') => at(find(path)[part]),
    locateInside: (path, offset) => at(find(path).content + offset),
  };
}

/** Far more than anyone writes; beyond it the library takes seconds, or runs out of stack. */
const MOST_CHARACTERS = 100_000;
/** Each ends with a comma or a line. */
const MOST_VALUES = 20_000;
const MOST_DEPTH = 100;

/** What is wrong with the extent of a text, found without parsing it. */
function checkExtent(text: string, file: string): Diagnostic | undefined {
  const start = `${file}:1:1`;
  if (text.length > MOST_CHARACTERS)
    return {
      where: start,
      message: `the definition has more than ${MOST_CHARACTERS.toLocaleString('en-US')} characters`,
      fix: 'Sweep fields with grid or zip instead of writing each run.',
    };
  if (text.split(/[,\n]/).length > MOST_VALUES)
    return {
      where: start,
      message: `the definition has more than ${MOST_VALUES.toLocaleString('en-US')} values`,
      fix: 'Sweep several fields with a grid, or give replicates instead of a list of seeds.',
    };
  // Brackets within quotes are counted too: nobody writes a hundred unclosed ones.
  let depth = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const indicators = /^[ -]*/.exec(line)?.[0] ?? '';
    let deepest = indicators.length / 2; // spaces, and dashes of lists within lists
    for (const [bracket] of line.matchAll(/[[\]{}]/g)) {
      depth += bracket === '[' || bracket === '{' ? 1 : -1;
      deepest = Math.max(deepest, depth);
    }
    if (deepest > MOST_DEPTH && line.trim() !== '')
      return {
        where: `${file}:${index + 1}:1`,
        message: `the definition is nested more than ${MOST_DEPTH} levels deep`,
      };
  }
  return undefined;
}

function duplicateKey(text: string, offset: number): string {
  const name = /^[\w.-]+/.exec(text.slice(offset))?.[0];
  return name === undefined ? 'a key is given twice' : `${name} is given twice`;
}

function duplicateKeys(
  document: Document.Parsed,
  text: string,
  at: (offset: number) => string,
): { where: string; message: string }[] {
  const found: { where: string; message: string }[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const offset = key.range?.[0] ?? 0;
        if (seen.has(key.value))
          found.push({ where: at(offset), message: duplicateKey(text, offset) });
        seen.add(key.value);
      }
    },
  });
  return found;
}

function unresolvedAliases(
  document: Document.Parsed,
  at: (offset: number) => string,
): { where: string; message: string }[] {
  const found: { where: string; message: string }[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        found.push({
          where: at(alias.range?.[0] ?? 0),
          message: `the alias *${alias.source} has no anchor before it`,
        });
    },
  });
  return found;
}

/** Finds places by walking down to them: of a long list hardly any is ever asked for. */
function createFinder(contents: Node | null): (path: YamlPath) => Place {
  const children = new WeakMap<Node, ReadonlyMap<string, Child>>();
  const childOf = (node: Node, step: string | number): Child | undefined => {
    if (isSeq<Node>(node)) {
      const item = node.items[Number(step)];
      return item && { node: item, key: item.range?.[0] ?? startOf(node, 0) };
    }
    if (!isMap<Node, Node | null>(node)) return undefined; // what an alias stands for is reported where the alias stands
    let byName = children.get(node);
    if (byName === undefined) children.set(node, (byName = childrenOf(node)));
    return byName.get(String(step));
  };
  return (path) => {
    if (contents === null) return { key: 0, value: 0, content: 0 };
    let at: Child = { node: contents, key: 0 };
    for (const step of path) {
      const next = childOf(at.node, step);
      // What is missing is reported where it should stand: at the start of the part around it.
      if (next === undefined) return { ...placeOf(at), key: startOf(at.node, at.key) };
      at = next;
    }
    return placeOf(at);
  };
}

/** A node with the start of the key that leads to it. */
interface Child {
  readonly node: Node;
  readonly key: number;
}

function childrenOf(map: YAMLMap<Node, Node | null>): ReadonlyMap<string, Child> {
  return new Map(
    map.items.flatMap(({ key, value }) => {
      if (value === null) return [];
      const name = isScalar(key) ? String(key.value) : String(key);
      return [[name, { node: value, key: startOf(key, startOf(map, 0)) }] as const];
    }),
  );
}

function placeOf({ node, key }: Child): Place {
  const value = startOf(node, key);
  const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return { key, value, content: isQuoted ? value + 1 : value };
}

function startOf(node: Node, otherwise: number): number {
  return node.range?.[0] ?? otherwise;
}

/**
 * Parses one value as it would stand in YAML: `3e-4`, `null`, `[0.5, 1.0]`, `never`.
 *
 * @throws the syntax error of the YAML library, or what it would only warn of, such as an unknown tag
 */
export function parseYamlValue(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) throw problem;
  return document.toJS();
}

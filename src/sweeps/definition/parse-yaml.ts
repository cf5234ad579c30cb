import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
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

  const places = new Map<string, Place>();
  if (document.contents !== null) record(document.contents, [], 0, places);
  const find = (path: YamlPath): Place => {
    for (let length = path.length; length >= 0; length--) {
      const place = places.get(pathKey(path.slice(0, length)));
      if (place !== undefined) {
        // What is missing is reported where it should stand: at the start of the part around it.
        return length === path.length ? place : { ...place, key: place.value };
      }
    }
    return { key: 0, value: 0, content: 0 };
  };
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

function record(node: Node, path: YamlPath, key: number, places: Map<string, Place>): void {
  const value = node.range?.[0] ?? key;
  const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  places.set(pathKey(path), { key, value, content: isQuoted ? value + 1 : value });
  if (isAlias(node)) return; // what an alias stands for is reported where the alias stands
  if (isMap<Node, Node | null>(node)) {
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const start = pair.key.range?.[0] ?? value;
      if (pair.value !== null) record(pair.value, [...path, name], start, places);
    }
  } else if (isSeq<Node>(node)) {
    node.items.forEach((item, index) => {
      record(item, [...path, index], item.range?.[0] ?? value, places);
    });
  }
}

function pathKey(path: YamlPath): string {
  return JSON.stringify(path.map(String));
}

/**
 * Parses one value as it would stand in YAML: `3e-4`, `null`, `[0.5, 1.0]`, `never`.
 *
 * @throws the syntax error of the YAML library
 */
export function parseYamlValue(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) throw problem;
  return document.toJS();
}

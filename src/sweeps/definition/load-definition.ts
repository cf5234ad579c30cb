import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import {
  hasCode,
  isMissing,
  messageOf,
  quoteValue,
  SweepError,
  type Diagnostic,
} from '../../core/errors.js';
import { checkCases } from '../plan/check-cases.js';
import { checkFromUpstream } from './check-from.js';
import type { Definition, FromReference, LoadedDefinition } from './definition.js';
import { sortDiagnostics } from './diagnostics.js';
import { parseYaml } from './parse-yaml.js';
import { readDefinition } from './read-definition.js';

/** How a definition is loaded. */
export interface LoadOptions {
  /** `key=value` overrides from the command line; they apply to this definition, not to those it stands on. */
  readonly set?: readonly string[];
}

/**
 * Reads a definition file and, recursively, the definitions that it stands on.
 *
 * @param path as the user gave it; messages show it like that
 * @throws SweepError `bad-definition` with everything that is wrong, sorted by position; `bad-call` when the file
 *   cannot be read
 */
export async function loadDefinition(
  path: string,
  { set = [] }: LoadOptions = {},
): Promise<LoadedDefinition> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new SweepError(
      'bad-call',
      { where: path, message: `the definition cannot be read: ${reasonOf(error)}` },
      { cause: error },
    );
  }
  const { definition, diagnostics } = await loadText(text, { file: path, set, chain: [] });
  if (definition === undefined || diagnostics.length > 0)
    throw new SweepError('bad-definition', firstOf(sortDiagnostics(diagnostics)));
  return definition;
}

/** Diagnostics that are told in one go: the rest is most often the same again. */
const MOST_TOLD = 100;

function firstOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = diagnostics.length - MOST_TOLD;
  if (more <= 0) return diagnostics;
  return [...diagnostics.slice(0, MOST_TOLD), { message: `… and ${more} more problems` }];
}

interface LoadRequest {
  readonly file: string;
  readonly set: readonly string[];
  /** Files that led here, as shown. */
  readonly chain: readonly string[];
}

interface LoadResult {
  readonly definition: LoadedDefinition | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

async function loadText(text: string, { file, set, chain }: LoadRequest): Promise<LoadResult> {
  const source = parseYaml(text, file);
  if (!('value' in source)) return { definition: undefined, diagnostics: source };
  const reading = readDefinition(source, set);
  const diagnostics = [...reading.diagnostics];
  const path = resolve(file);
  const upstream = new Map<string, LoadedDefinition>();
  for (const from of upstreamReferences(reading.definition)) {
    const loaded = await loadUpstream(from, [...chain, file]);
    diagnostics.push(...loaded.diagnostics);
    if (loaded.definition !== undefined) upstream.set(from.sweep, loaded.definition);
  }
  const place = { path, file, folder: dirname(path), text, upstream };
  const definition = { ...reading.definition, ...place, runCount: 0 };
  if (!reading.isBaseSound) return { definition, diagnostics };
  const survey = checkCases(definition, reading.unsoundRuns);
  diagnostics.push(...survey.diagnostics);
  return { definition: { ...definition, runCount: survey.runCount }, diagnostics };
}

type UpstreamReference = FromReference & { readonly sweep: string };

function upstreamReferences({ from, runs }: Definition): readonly UpstreamReference[] {
  return [from, ...runs.map((run) => run.from)].filter(
    (reference): reference is UpstreamReference => reference?.sweep !== undefined,
  );
}

async function loadUpstream(
  from: UpstreamReference,
  chain: readonly string[],
): Promise<LoadResult> {
  const current = chain.at(-1) ?? '';
  const file = isAbsolute(from.sweep) ? from.sweep : join(dirname(current), from.sweep);
  const fail = (message: string): LoadResult => ({
    definition: undefined,
    diagnostics: [{ where: from.where, message }],
  });
  const start = chain.findIndex((other) => resolve(other) === resolve(file));
  if (start >= 0) return fail(`from makes a cycle: ${[...chain.slice(start), file].join(' → ')}`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return fail(
      `from.sweep ${quoteValue(from.sweep)} cannot be read: ${reasonOf(error)} (${file})`,
    );
  }
  const { definition, diagnostics } = await loadText(text, { file, set: [], chain });
  if (definition === undefined || diagnostics.length > 0) return { definition, diagnostics };
  return { definition, diagnostics: [...checkFromUpstream(from, definition)] };
}

/** Why a file cannot be read, without the path that the message names anyway. */
function reasonOf(error: unknown): string {
  if (isMissing(error)) return 'there is no such file';
  if (hasCode(error, 'EISDIR')) return 'it is a folder';
  return messageOf(error);
}

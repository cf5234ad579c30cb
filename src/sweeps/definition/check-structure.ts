import { quoteValue, type Diagnostic } from '../../core/errors.js';
import { onlySamples, type Axis, type Definition, type RunEntry } from './definition.js';
import { SAMPLING_KEYS } from './fields.js';
import { checkFromWithin } from './check-from.js';
import type { YamlSource } from './parse-yaml.js';

/** A diagnostic that concerns one run only when `run` names it. */
export type StructureDiagnostic = Diagnostic & { readonly run?: string };

/** What the parts of a definition require of one another, beyond what each must be by itself. */
export function* checkStructure(
  definition: Definition,
  source: YamlSource,
): Generator<StructureDiagnostic> {
  yield* checkRunNames(definition.runs);
  for (const axis of [...definition.grid, ...definition.zip]) yield* checkAxis(axis, definition);
  yield* checkZip(definition.zip, source);
  yield* checkSweptTwice(definition);
  yield* checkSet(definition, source);
  yield* checkSampling(definition);
  yield* checkFromWithin(definition);
}

function* checkRunNames(runs: readonly RunEntry[]): Generator<StructureDiagnostic> {
  const seen = new Set<string>();
  for (const { name, where } of runs) {
    if (name !== '' && seen.has(name))
      yield { where, message: `the run name ${quoteValue(name)} is given twice`, run: name };
    seen.add(name);
  }
}

function* checkAxis({ key, values }: Axis, definition: Definition): Generator<StructureDiagnostic> {
  const isGrid = definition.grid.some((axis) => axis.key === key);
  const times = new Map<string, number>();
  for (const { value, where } of values) {
    const text = JSON.stringify(value);
    const before = times.get(text) ?? 0;
    // Told once, however often it stands there: a list may repeat one mistake thousands of times.
    if (isGrid && before === 1) yield { where, message: `${key} takes ${text} twice` };
    times.set(text, before + 1);
  }
  if (key === 'seed' && definition.replicates > 1)
    yield {
      where: values[0]?.where ?? '',
      message: `seed cannot take several values while replicates is ${definition.replicates}`,
      fix: 'Keep one of them.',
    };
}

function* checkZip(zip: readonly Axis[], source: YamlSource): Generator<StructureDiagnostic> {
  if (new Set(zip.map(({ values }) => values.length)).size <= 1) return;
  const lengths = zip.map(({ key, values }) => `${key} ${values.length}`).join(', ');
  yield {
    where: source.locate(['zip'], 'key'),
    message: `the lists of zip must have the same length (got ${lengths})`,
  };
}

function* checkSweptTwice({ grid, zip, runs }: Definition): Generator<StructureDiagnostic> {
  const sweptBy = new Map(grid.map(({ key }) => [key, 'grid']));
  for (const { key, values } of zip) {
    if (sweptBy.has(key))
      yield { where: values[0]?.where ?? '', message: `${key} is swept by both grid and zip` };
    sweptBy.set(key, 'zip');
  }
  for (const run of runs) {
    if (run.from !== undefined) continue; // neither grid nor zip applies to it
    for (const [key, { where }] of run.overrides) {
      const by = sweptBy.get(key);
      if (by !== undefined)
        yield {
          where,
          message: `${key} is set by run ${quoteValue(run.name)} and swept by ${by}`,
          run: run.name,
        };
    }
  }
}

function* checkSet(
  { set, grid, zip }: Definition,
  source: YamlSource,
): Generator<StructureDiagnostic> {
  for (const [key, { where }] of set) {
    const by = grid.some((axis) => axis.key === key)
      ? 'grid'
      : zip.some((axis) => axis.key === key)
        ? 'zip'
        : undefined;
    if (by !== undefined)
      yield {
        where,
        message: `${key} is swept by ${by} and cannot be set to one value`,
        fix: `Change the list in ${source.file}, or leave out --set ${key}.`,
      };
  }
}

/** A run that only samples a checkpoint has no fields for training. */
function* checkSampling(definition: Definition): Generator<StructureDiagnostic> {
  const { base, set, runs, grid, zip } = definition;
  const refuse = (key: string, where: string): StructureDiagnostic => ({
    where,
    message: `${key} cannot be changed where only a checkpoint is sampled`,
    fix: `Known: ${SAMPLING_KEYS.join(', ')}.`,
  });
  const isWrong = (key: string): boolean => !SAMPLING_KEYS.includes(key);
  if (onlySamples(definition)) {
    for (const [key, { where }] of [...base, ...set]) if (isWrong(key)) yield refuse(key, where);
    for (const { key, values } of [...grid, ...zip])
      if (isWrong(key)) yield refuse(key, values[0]?.where ?? '');
  }
  for (const run of runs) {
    if ((run.from ?? definition.from)?.take !== 'checkpoint') continue;
    for (const [key, { where }] of run.overrides)
      if (isWrong(key)) yield { ...refuse(key, where), run: run.name };
  }
}

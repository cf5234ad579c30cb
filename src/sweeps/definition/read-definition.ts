import type { Diagnostic } from '../../core/errors.js';
import { retentionSchema } from '../../core/run-folder/retention.js';
import { parseBudget, type Budget } from './budget.js';
import { checkStructure } from './check-structure.js';
import type {
  Definition,
  FailureHandling,
  FromReference,
  Objective,
  Override,
  RunEntry,
} from './definition.js';
import { describeIssues } from './diagnostics.js';
import { parseDuration } from './duration.js';
import type { ExpressionNode, ExpressionProblem } from './expression.js';
import { flattenAxes, flattenOverrides, type FlattenContext } from './flatten.js';
import type { YamlPath, YamlSource } from './parse-yaml.js';
import { definitionSchema, METRICS, type Metric } from './schema.js';
import { parseSetOverrides } from './set-overrides.js';
import { parseWhere, type WhereClause } from './where-clause.js';

/** A definition as far as it can be understood, and what is wrong with it. */
export interface DefinitionReading {
  /** Meaningful where nothing is wrong. */
  readonly definition: Definition;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether what all runs share is free of errors, so that it makes sense to look at single runs. */
  readonly isBaseSound: boolean;
  /** Names of the runs with errors of their own. */
  readonly unsoundRuns: ReadonlySet<string>;
}

/** Parts of a file in which an error concerns every run. */
const SHARED_PARTS = ['base', 'dataset', 'grid', 'zip', 'replicates', 'runs'];

/** Reads one definition file, without the files that it stands on. */
export function readDefinition(source: YamlSource, set: readonly string[]): DefinitionReading {
  const diagnostics: Diagnostic[] = [];
  const unsoundRuns = new Set<string>();
  let isBaseSound = true;
  const context: FlattenContext = {
    source,
    report: (diagnostic) => {
      diagnostics.push(diagnostic);
      isBaseSound = false;
    },
  };

  const parsed = definitionSchema.safeParse(source.value);
  if (!parsed.success) {
    diagnostics.push(...describeIssues(parsed.error.issues, source));
    for (const { path } of parsed.error.issues) {
      const [part, index] = path;
      if (part === 'runs' && typeof index === 'number')
        unsoundRuns.add(textAt(source.value, ['runs', index, 'name']) ?? '');
      else if (part === undefined || SHARED_PARTS.includes(String(part))) isBaseSound = false;
    }
  }

  const setOverrides = parseSetOverrides(set);
  diagnostics.push(...setOverrides.diagnostics);
  const reader = new Reader(context);
  const replicates = valueAt(source.value, ['replicates']);
  const definition: Definition = {
    name: textAt(source.value, ['name']) ?? '',
    title: textAt(source.value, ['title']),
    description: textAt(source.value, ['description']),
    objective: reader.objective(['objective']) ?? { metric: 'val.nll', goal: 'minimize' },
    base: reader.base(),
    set: setOverrides.overrides,
    runs: reader.runs(),
    grid: flattenAxes(valueAt(source.value, ['grid']), ['grid'], context),
    zip: flattenAxes(valueAt(source.value, ['zip']), ['zip'], context),
    device: textAt(source.value, ['device']),
    handling: readHandling(source.value),
    keep: retentionSchema.safeParse(valueAt(source.value, ['checkpoints', 'keep'])).data,
    replicates: setOverrides.replicates ?? (typeof replicates === 'number' ? replicates : 1),
    where: reader.where(),
    budget: reader.budget(['budget']),
    from: reader.from(['from']),
  };
  for (const { run, ...diagnostic } of checkStructure(definition, source)) {
    diagnostics.push(diagnostic);
    if (run === undefined) isBaseSound = false;
    else unsoundRuns.add(run);
  }
  return { definition, diagnostics, isBaseSound, unsoundRuns };
}

function readHandling(value: unknown): FailureHandling {
  const count = (key: string): number | undefined => {
    const written = valueAt(value, [key]);
    return typeof written === 'number' ? written : undefined;
  };
  const duration = (key: string): number | undefined =>
    parseDuration(textAt(value, [key]) ?? '') ?? undefined;
  return {
    retries: count('retries'),
    timeoutMs: duration('timeout'),
    gracePeriodMs: duration('gracePeriod'),
    stopAfter: count('stopAfter'),
  };
}

/** Reads the parts of a definition, tolerating whatever the schema has already refused. */
class Reader {
  readonly #context: FlattenContext;
  readonly #source: YamlSource;

  constructor(context: FlattenContext) {
    this.#context = context;
    this.#source = context.source;
  }

  base(): ReadonlyMap<string, Override> {
    const fromDataset = this.#flatten(['dataset']);
    const fromBase = this.#flatten(['base']);
    for (const [key, { where }] of fromBase)
      if (fromDataset.has(key))
        this.#context.report({
          where,
          message: `${key} is given twice, in dataset and in base`,
          fix: 'Keep one of them.',
        });
    return new Map([...fromDataset, ...fromBase]);
  }

  runs(): readonly RunEntry[] {
    const runs = valueAt(this.#source.value, ['runs']);
    if (!Array.isArray(runs)) return [];
    return runs.map((_run, index) => ({
      name: textAt(this.#source.value, ['runs', index, 'name']) ?? '',
      notes: textAt(this.#source.value, ['runs', index, 'notes']),
      overrides: this.#flatten(['runs', index]),
      budget: this.budget(['runs', index, 'budget']),
      from: this.from(['runs', index, 'from']),
      where: this.#source.locate(['runs', index, 'name']),
    }));
  }

  where(): WhereClause | undefined {
    return this.#expression(['where'], 'where', parseWhere);
  }

  budget(path: YamlPath): Budget | undefined {
    return this.#expression(
      path,
      'budget',
      parseBudget,
      'Write it like "< 100k", "~ 5M" or ">= 50k && < 100k".',
    );
  }

  from(path: YamlPath): FromReference | undefined {
    const value = valueAt(this.#source.value, path);
    if (typeof value !== 'object' || value === null) return undefined;
    const runs = valueAt(value, ['runs']);
    return {
      sweep: textAt(value, ['sweep']),
      runs: Array.isArray(runs) ? runs.map(String) : undefined,
      by: this.objective([...path, 'by']),
      take: textAt(value, ['take']) === 'checkpoint' ? 'checkpoint' : 'configuration',
      where: this.#source.locate(path),
    };
  }

  objective(path: YamlPath): Objective | undefined {
    const value = valueAt(this.#source.value, path);
    if (typeof value !== 'object' || value === null) return undefined;
    const written = textAt(value, ['metric']);
    const metric: Metric = METRICS.find((name) => name === written) ?? 'val.nll';
    const goal = textAt(value, ['goal']);
    if (goal === 'minimize' || goal === 'maximize') return { metric, goal };
    return { metric, goal: metric.endsWith('.top1') ? 'maximize' : 'minimize' };
  }

  #flatten(path: YamlPath): Map<string, Override> {
    return flattenOverrides(valueAt(this.#source.value, path), path, this.#context);
  }

  #expression(
    path: YamlPath,
    label: string,
    parse: (text: string) => ExpressionNode | readonly ExpressionProblem[],
    fix?: string,
  ): { text: string; where: string; expression: ExpressionNode } | undefined {
    const text = textAt(this.#source.value, path);
    if (text === undefined || text === '') return undefined;
    const parsed = parse(text);
    if ('kind' in parsed) return { text, where: this.#source.locate(path), expression: parsed };
    for (const problem of parsed) {
      const way = fix ?? problem.fix;
      this.#context.report({
        where: this.#source.locateInside(path, problem.offset),
        message: `${label} "${text}" cannot be read: ${problem.message}`,
        ...(way === undefined ? {} : { fix: way }),
      });
    }
    return undefined;
  }
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((part, key) => {
    if (typeof part !== 'object' || part === null) return undefined;
    return Object.getOwnPropertyDescriptor(part, key)?.value;
  }, value);
}

function textAt(value: unknown, path: YamlPath): string | undefined {
  const text = valueAt(value, path);
  return typeof text === 'string' ? text : undefined;
}

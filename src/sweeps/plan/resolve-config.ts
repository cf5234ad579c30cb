import type { z } from 'zod';
import {
  sampleRunConfigSchema,
  trainRunConfigSchema,
  type RunConfig,
  type TrainRunConfig,
} from '../../core/config/run-schema.js';
import type { Diagnostic } from '../../core/errors.js';
import type { Definition, Overrides } from '../definition/definition.js';
import { SAMPLING_KEYS } from '../definition/fields.js';
import type { Case } from './cases.js';

/** The run that a case stands on, once it is known. */
export interface Ground {
  readonly config: TrainRunConfig;
  readonly key: string;
}

/** Fields of the data set that mean the same for every source. */
const SHARED_DATASET_FIELDS = ['limit', 'clean'];

type Tree = Record<string, unknown>;

/**
 * The complete configuration of a case: the defaults or the run it stands on, then `base`, then what the case itself
 * states, then `--set`; the last one wins.
 *
 * A run with its own `from` leaves out `base`: the run it stands on takes its place. A change of `dataset.source` drops
 * what was stated for the other source before.
 *
 * @returns the configuration, or what is wrong with the fields taken together
 */
export function resolveConfig(
  definition: Definition,
  item: Case,
  ground: Ground | undefined,
): RunConfig | readonly Diagnostic[] {
  const layers = [
    ...(item.entry?.from === undefined ? [definition.base] : []),
    item.settings,
    withoutReplicatedSeed(definition),
  ];
  if (ground !== undefined && item.from?.take === 'checkpoint')
    return resolveSampling(ground, layers);

  const tree: Tree = ground === undefined ? emptyTree() : toTree(ground.config);
  tree['kind'] = 'train';
  for (const layer of layers) applyLayer(tree, layer);
  const parsed = trainRunConfigSchema.safeParse(tree);
  const fallback = item.entry?.where ?? definition.base.values().next().value?.where;
  const place = (key: string): string | undefined => whereOf(key, layers) ?? fallback;
  if (!parsed.success) return describeConfigIssues(parsed.error.issues, tree, place);
  const problem = checkFileDataset(parsed.data);
  return problem === undefined ? parsed.data : [withPlace(problem, place('dataset.source'))];
}

/** With replicates the seed of `--set` is the first one, which the cases already count from. */
function withoutReplicatedSeed({ set, replicates }: Definition): Overrides {
  return replicates === 1 ? set : new Map([...set].filter(([key]) => key !== 'seed'));
}

function resolveSampling({ config, key }: Ground, layers: readonly Overrides[]): RunConfig {
  const tree: Tree = {
    sample: { count: config.sample.count, temperatures: config.sample.temperatures },
    seed: config.seed,
  };
  for (const layer of layers)
    applyLayer(tree, new Map([...layer].filter(([name]) => SAMPLING_KEYS.includes(name))));
  return sampleRunConfigSchema.parse({
    ...tree,
    kind: 'sample',
    sourceKey: key,
    model: config.model,
  });
}

function applyLayer(tree: Tree, layer: Overrides): void {
  const source = layer.get('dataset.source')?.value;
  const dataset = source === undefined ? {} : subtree(tree, 'dataset');
  if (source !== dataset['source']) {
    for (const field of Object.keys(dataset))
      if (!SHARED_DATASET_FIELDS.includes(field)) Reflect.deleteProperty(dataset, field);
  }
  // Keys come from the list of known fields, so that none can name a prototype.
  for (const [key, { value }] of layer) {
    const segments = key.split('.');
    const last = segments.pop() ?? key;
    segments.reduce(subtree, tree)[last] = value;
  }
}

/** A configuration in which every default is still to be filled in. */
function emptyTree(): Tree {
  return { model: {}, train: {}, sample: {}, dataset: { source: 'headlines' } };
}

function subtree(tree: Tree, name: string): Tree {
  const existing = tree[name];
  const child = isTree(existing) ? existing : {};
  tree[name] = child;
  return child;
}

function toTree(config: TrainRunConfig): Tree {
  const copy: unknown = structuredClone(config);
  return isTree(copy) ? copy : {};
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function whereOf(key: string, layers: readonly Overrides[]): string | undefined {
  for (const layer of layers.toReversed()) {
    const exact = layer.get(key);
    if (exact !== undefined) return exact.where;
  }
  for (const layer of layers.toReversed())
    for (const [name, { where }] of layer) if (name.startsWith(`${key}.`)) return where;
  return undefined;
}

function describeConfigIssues(
  issues: readonly z.core.$ZodIssue[],
  tree: Tree,
  place: (key: string) => string | undefined,
): readonly Diagnostic[] {
  const source = JSON.stringify(subtree(tree, 'dataset')['source']);
  return issues.flatMap((issue) => {
    const key = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) =>
        withPlace(
          { message: `${key}.${name} does not apply to the source ${source}` },
          place(`${key}.${name}`),
        ),
      );
    const message = key.startsWith('dataset.')
      ? `${key} is missing: the source ${source} needs it`
      : `${key}: ${issue.message}`;
    return [withPlace({ message }, place(key) ?? place('dataset.source'))];
  });
}

function checkFileDataset({ dataset }: TrainRunConfig): Diagnostic | undefined {
  if (dataset.source !== 'file') return undefined;
  if (dataset.path === undefined && dataset.files === undefined)
    return {
      message: 'dataset.path is missing: the source "file" needs path, or files',
      fix: 'For example: dataset: { source: file, path: texts.txt }',
    };
  if (dataset.path !== undefined && dataset.files !== undefined)
    return {
      message: 'dataset.path and dataset.files exclude each other',
      fix: 'Keep one of them.',
    };
  return undefined;
}

function withPlace(diagnostic: Diagnostic, where: string | undefined): Diagnostic {
  return where === undefined ? diagnostic : { ...diagnostic, where };
}

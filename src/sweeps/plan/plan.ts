import { canonicalize } from 'json-canonicalize';
import type { LoadedDefinition } from '../definition/definition.js';
import { checkDatasets } from './check-datasets.js';
import { planDefinition, planParts, previewDefinition } from './plan-definition.js';
import type {
  DatasetFacts,
  PlanContext,
  PlanPreview,
  PlanSource,
  SweepPlan,
} from './sweep-plan.js';

export type { PlanContext, PlanPreview, PlanSource, SweepPlan } from './sweep-plan.js';

/**
 * Plans a sweep: resolves every run as far as its results are there, and looks up what is already done.
 *
 * Plan again when a run has ended: waiting runs are resolved then.
 *
 * @throws SweepError `bad-definition` when a run that stands on a result turns out to be invalid or over its budget;
 *   whatever reading the data throws
 */
export async function planSweep(
  definition: LoadedDefinition,
  context: PlanContext,
): Promise<SweepPlan> {
  return planOnce(definition, rememberDatasets(context), new Map());
}

/**
 * Plans the first runs of a sweep, whatever its size: what is already done is looked up for these only.
 *
 * @throws as {@link planSweep}
 */
export async function previewSweep(
  definition: LoadedDefinition,
  context: PlanContext,
  most: number,
): Promise<PlanPreview> {
  const remembering = rememberDatasets(context);
  const upstream = await planUpstream(definition, remembering, new Map());
  return previewDefinition(definition, remembering, { upstream, most });
}

/**
 * A sweep and those that it stands on, these first and each once, to be planned part by part: of any number of runs only
 * a part is in memory.
 *
 * @param size runs of a part at most
 */
export function planInParts(
  definition: LoadedDefinition,
  context: PlanContext,
  size: number,
): readonly PlanSource[] {
  const remembering = rememberDatasets(context);
  const sources = new Map<string, PlanSource>();
  const visit = (one: LoadedDefinition): PlanSource => {
    const known = sources.get(one.path);
    if (known !== undefined) return known;
    const upstream = new Map([...one.upstream].map(([written, other]) => [written, visit(other)]));
    const source: PlanSource = {
      definition: one,
      parts: () => planParts(one, remembering, { upstream, size }),
    };
    sources.set(one.path, source);
    return source;
  };
  visit(definition);
  return [...sources.values()];
}

/**
 * Plans the first part of a sweep and of those that it stands on, and reads all their data sets: what is wrong with any of
 * it is told before anything is created.
 *
 * @param size runs of a part at most
 * @throws as {@link planSweep}
 */
export async function checkSweep(
  definition: LoadedDefinition,
  context: PlanContext,
  size: number,
): Promise<void> {
  const remembering = rememberDatasets(context);
  for (const source of planInParts(definition, remembering, size)) {
    for await (const part of source.parts()) {
      if (part.length >= size) await checkDatasets(source.definition, remembering);
      break;
    }
  }
}

async function planOnce(
  definition: LoadedDefinition,
  context: PlanContext,
  done: Map<string, SweepPlan>,
): Promise<SweepPlan> {
  return planDefinition(definition, context, await planUpstream(definition, context, done));
}

/** A definition that several others stand on is planned once. */
async function planUpstream(
  definition: LoadedDefinition,
  context: PlanContext,
  done: Map<string, SweepPlan>,
): Promise<Map<string, SweepPlan>> {
  const upstream = new Map<string, SweepPlan>();
  for (const [written, other] of definition.upstream) {
    const plan = done.get(other.path) ?? (await planOnce(other, context, done));
    done.set(other.path, plan);
    upstream.set(written, plan);
  }
  return upstream;
}

function rememberDatasets(context: PlanContext): PlanContext {
  const known = new Map<string, Promise<DatasetFacts>>();
  return {
    ...context,
    history: context.history,
    datasetFacts: (config, baseFolder) => {
      // Only a file's path depends on where the definition lies.
      const place = config.source === 'file' ? baseFolder : '';
      const name = canonicalize({ config, place });
      const facts = known.get(name) ?? context.datasetFacts(config, baseFolder);
      known.set(name, facts);
      return facts;
    },
  };
}

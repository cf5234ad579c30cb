import { setImmediate as immediate } from 'node:timers/promises';
import type { RunConfig } from '../../core/config/run-schema.js';
import { SweepError, type Diagnostic } from '../../core/errors.js';
import { parameterCount } from '../../core/model/parameter-count.js';
import { chosenBy } from '../definition/check-from.js';
import type { FromReference, LoadedDefinition, RunEntry } from '../definition/definition.js';
import { chooseBest, type Choice, isSelected } from './best-run.js';
import { type Case, entriesOf } from './cases.js';
import { checkBudgets } from './check-budget.js';
import { keepsNothing } from './check-cases.js';
import { keptCases } from './kept-cases.js';
import type { PlanContext, PlanPreview, PlanSource, SweepPlan } from './sweep-plan.js';
import { countRuns, type PlannedRun, type ResolvedRun } from './planned-run.js';
import { resolveConfig } from './resolve-config.js';
import { describeRun } from './describe-run.js';
import { isKept } from './where.js';

/** Plans one definition, given the plans of those that it stands on. */
export async function planDefinition(
  definition: LoadedDefinition,
  context: PlanContext,
  upstream: ReadonlyMap<string, SweepPlan>,
): Promise<SweepPlan> {
  const parts = planParts(definition, context, { upstream: sourcesOf(upstream), size: Infinity });
  const planned = await parts.next();
  const runs = markRepeated(planned.value ?? []);
  return {
    definition,
    runs,
    totals: countRuns(runs),
    upstream: [...new Set(upstream.values())],
    expectedSeconds: sumExpected(runs),
  };
}

/** Plans the first runs of a definition only, given the plans of those that it stands on. */
export async function previewDefinition(
  definition: LoadedDefinition,
  context: PlanContext,
  { upstream, most }: { readonly upstream: ReadonlyMap<string, SweepPlan>; readonly most: number },
): Promise<PlanPreview> {
  const parts = planParts(definition, context, { upstream: sourcesOf(upstream), size: most });
  const planned = await parts.next();
  return {
    definition,
    runs: markRepeated(planned.value ?? []),
    runCount: definition.runCount,
    upstream: [...new Set(upstream.values())],
  };
}

function sourcesOf(plans: ReadonlyMap<string, SweepPlan>): ReadonlyMap<string, PlanSource> {
  return new Map(
    [...plans].map(([written, { definition, runs }]) => [
      written,
      { definition, parts: () => [runs] },
    ]),
  );
}

/** What a definition is planned in parts with. */
export interface PartsOrder {
  /** The sweeps that it stands on, by the name as it is written. */
  readonly upstream: ReadonlyMap<string, PlanSource>;
  /** Runs of a part at most. */
  readonly size: number;
}

/** Longest time in which nothing else is done: workers wait for their next run meanwhile. */
const BREATH_MS = 10;

/**
 * Plans the runs of a definition part by part, and keeps none. Runs with the same key are not marked: whoever looks at
 * one part does not know the others.
 *
 * @throws SweepError `bad-definition` when runs of a part turn out to be wrong, with all that is wrong with them
 */
export async function* planParts(
  definition: LoadedDefinition,
  context: PlanContext,
  { upstream, size }: PartsOrder,
): AsyncGenerator<readonly PlannedRun[], undefined> {
  const planner = new DefinitionPlanner(definition, context, upstream);
  let part: PlannedRun[] = [];
  let isEmpty = true;
  let breathed = performance.now();
  for (const entry of entriesOf(definition))
    for await (const run of planner.planEntry(entry)) {
      part.push(run);
      if (performance.now() - breathed > BREATH_MS) {
        await immediate();
        breathed = performance.now();
      }
      if (part.length < size) continue;
      planner.throwProblems();
      isEmpty = false;
      yield part;
      part = [];
    }
  planner.throwProblems();
  if (part.length > 0) yield part;
  else if (isEmpty) throw new SweepError('bad-definition', keepsNothing(definition));
}

/** Plans the entries of a definition in whatever order they stand on one another. */
class DefinitionPlanner {
  readonly #definition: LoadedDefinition;
  readonly #context: PlanContext;
  readonly #upstream: ReadonlyMap<string, PlanSource>;
  readonly #choices = new Map<FromReference, Promise<Choice>>();
  readonly #problems: Diagnostic[] = [];

  constructor(
    definition: LoadedDefinition,
    context: PlanContext,
    upstream: ReadonlyMap<string, PlanSource>,
  ) {
    this.#definition = definition;
    this.#context = context;
    this.#upstream = upstream;
  }

  planEntry(entry: RunEntry | undefined): AsyncGenerator<PlannedRun> {
    return this.#planCases(entry, this.#problems);
  }

  throwProblems(): void {
    if (this.#problems.length > 0) throw new SweepError('bad-definition', this.#problems);
  }

  async *#planCases(
    entry: RunEntry | undefined,
    problems: Diagnostic[],
  ): AsyncGenerator<PlannedRun> {
    const choice = await this.#choiceOf(entry);
    for (const item of keptCases(this.#definition, entry)) {
      const run = await this.#planCase(item, choice, problems);
      if (run !== undefined) yield run;
    }
  }

  async #choiceOf(entry: RunEntry | undefined): Promise<Choice | undefined> {
    const from = entry?.from ?? this.#definition.from;
    if (from === undefined) return undefined;
    const choice = this.#choices.get(from) ?? this.#choose(from);
    this.#choices.set(from, choice);
    return choice;
  }

  /** The best of the runs that a reference allows. */
  #choose(from: FromReference): Promise<Choice> {
    const { history } = this.#context;
    const among = from.sweep === undefined ? undefined : this.#upstream.get(from.sweep);
    if (from.sweep !== undefined && among === undefined)
      throw new Error(`the definition ${from.sweep} was not loaded`);
    const { name, objective } = among?.definition ?? this.#definition;
    const runs = selected(among === undefined ? this.#ownRuns(from) : runsOf(among), from);
    return chooseBest({ sweep: name, runs, objective: from.by ?? objective }, history);
  }

  /** The runs of this definition that a reference may mean. What is wrong with them is told when they are planned. */
  async *#ownRuns(from: FromReference): AsyncGenerator<PlannedRun> {
    const isChosen = chosenBy(from);
    for (const entry of this.#definition.runs)
      if (isChosen(entry.name, entry.from)) yield* this.#planCases(entry, []);
  }

  /** One run of the plan; undefined when `where` drops it. */
  async #planCase(
    item: Case,
    choice: Choice | undefined,
    problems: Diagnostic[],
  ): Promise<PlannedRun | undefined> {
    const { name, settings, replicate } = item;
    const { base, from } = this.#definition;
    // On another sweep's result, what the definition calls its base is a change too.
    const stated = from !== undefined && item.from === from ? [...base, ...settings] : settings;
    const changes = Object.fromEntries([...stated].map(([key, { value }]) => [key, value]));
    if (choice !== undefined && 'reason' in choice)
      return { status: 'waiting', name, changes, replicate, ...choice };
    const config = resolveConfig(this.#definition, item, choice?.best);
    if (!('kind' in config)) {
      problems.push(...config);
      return undefined;
    }
    const parameters = parameterCount(config.model);
    if (!isKept(this.#definition.where, item, config, parameters)) return undefined;
    problems.push(...checkBudgets(this.#definition, item, parameters));
    if (problems.length > 0) return undefined; // the plan fails: do not read data for it
    return describeRun(
      { name, changes, replicate, config, parameters, baseFolder: this.#baseFolder(item, choice) },
      { sweep: this.#definition.name, context: this.#context },
    );
  }

  /** Where relative paths of the data start: the folder of the definition that states them. */
  #baseFolder(item: Case, choice: { readonly best: ResolvedRun } | undefined): string {
    const { base, set, folder } = this.#definition;
    const stated = [item.entry?.from === undefined ? base : undefined, item.settings, set];
    const statesPath = stated.some((layer) =>
      [...(layer?.keys() ?? [])].some((key) => /^dataset\.(source|path|files)/.test(key)),
    );
    return statesPath ? folder : (choice?.best.baseFolder ?? folder);
  }
}

async function* runsOf(source: PlanSource): AsyncGenerator<PlannedRun> {
  for await (const part of source.parts()) yield* part;
}

async function* selected(
  runs: AsyncIterable<PlannedRun>,
  from: FromReference,
): AsyncGenerator<PlannedRun> {
  for await (const run of runs) if (isSelected(run, from)) yield run;
}

/** Marks the runs whose key an earlier run of the plan has. */
function markRepeated(runs: readonly PlannedRun[]): readonly PlannedRun[] {
  const first = new Map<string, string>();
  return runs.map((run) => {
    if (run.status === 'waiting') return run;
    const sameAs = first.get(run.key);
    if (sameAs === undefined) first.set(run.key, run.name);
    return sameAs === undefined ? run : { ...run, sameAs };
  });
}

function sumExpected(runs: readonly PlannedRun[]): number | undefined {
  let sum = 0;
  for (const run of runs) {
    if (run.status === 'finished') continue;
    if (run.status === 'waiting') return undefined;
    if (run.sameAs !== undefined || isSampling(run.config)) continue;
    if (run.expectedSeconds === undefined) return undefined;
    sum += run.expectedSeconds;
  }
  return sum;
}

/** Sampling takes seconds: it does not count beside training. */
function isSampling(config: RunConfig): boolean {
  return config.kind === 'sample';
}

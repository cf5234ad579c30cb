import type { RunConfig } from '../../core/config/run-schema.js';
import { SweepError, type Diagnostic } from '../../core/errors.js';
import { parameterCount } from '../../core/model/parameter-count.js';
import { isChosen } from '../definition/check-from.js';
import type { FromReference, LoadedDefinition, RunEntry } from '../definition/definition.js';
import { chooseBest, selectRuns, type Choice } from './best-run.js';
import { entriesOf, expandEntry, type Case } from './cases.js';
import { checkBudgets } from './check-budget.js';
import { keepsNothing } from './check-cases.js';
import { keptCases } from './kept-cases.js';
import type { PlanContext, PlanPreview, SweepPlan } from './sweep-plan.js';
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
  const planner = new DefinitionPlanner(definition, context, upstream);
  const planned = [];
  for (const entry of entriesOf(definition)) planned.push(...(await planner.planEntry(entry)));
  planner.throwProblems();
  if (planned.length === 0) throw new SweepError('bad-definition', keepsNothing(definition));
  const runs = markRepeated(planned);
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
  upstream: ReadonlyMap<string, SweepPlan>,
  most: number,
): Promise<PlanPreview> {
  const planner = new DefinitionPlanner(definition, context, upstream);
  const planned: PlannedRun[] = [];
  for (const entry of entriesOf(definition))
    planned.push(...(await planner.planFirst(entry, most - planned.length)));
  planner.throwProblems();
  return {
    definition,
    runs: markRepeated(planned),
    runCount: definition.runCount,
    upstream: [...new Set(upstream.values())],
  };
}

/** Plans the entries of a definition in whatever order they stand on one another. */
class DefinitionPlanner {
  readonly #definition: LoadedDefinition;
  readonly #context: PlanContext;
  readonly #upstream: ReadonlyMap<string, SweepPlan>;
  readonly #entries = new Map<RunEntry | undefined, Promise<readonly PlannedRun[]>>();
  readonly #problems: Diagnostic[] = [];

  constructor(
    definition: LoadedDefinition,
    context: PlanContext,
    upstream: ReadonlyMap<string, SweepPlan>,
  ) {
    this.#definition = definition;
    this.#context = context;
    this.#upstream = upstream;
  }

  planEntry(entry: RunEntry | undefined): Promise<readonly PlannedRun[]> {
    const runs = this.#entries.get(entry) ?? this.#planCases(entry);
    this.#entries.set(entry, runs);
    return runs;
  }

  /** The first runs of an entry. */
  async planFirst(entry: RunEntry | undefined, most: number): Promise<readonly PlannedRun[]> {
    const choice = await this.#choiceOf(entry);
    const runs: PlannedRun[] = [];
    for (const item of keptCases(this.#definition, entry)) {
      if (runs.length >= most) break;
      const run = await this.#planCase(item, choice);
      if (run !== undefined) runs.push(run);
    }
    return runs;
  }

  throwProblems(): void {
    if (this.#problems.length > 0) throw new SweepError('bad-definition', this.#problems);
  }

  async #planCases(entry: RunEntry | undefined): Promise<readonly PlannedRun[]> {
    const choice = await this.#choiceOf(entry);
    const runs: PlannedRun[] = [];
    for (const item of expandEntry(this.#definition, entry)) {
      const run = await this.#planCase(item, choice);
      if (run !== undefined) runs.push(run);
    }
    return runs;
  }

  async #choiceOf(entry: RunEntry | undefined): Promise<Choice | undefined> {
    const from = entry?.from ?? this.#definition.from;
    return from === undefined ? undefined : this.#choose(from);
  }

  /** The best of the runs that a reference allows. */
  async #choose(from: FromReference): Promise<Choice> {
    const { history } = this.#context;
    if (from.sweep !== undefined) {
      const plan = this.#upstream.get(from.sweep);
      if (plan === undefined) throw new Error(`the definition ${from.sweep} was not loaded`);
      const { name, objective } = plan.definition;
      const runs = selectRuns(plan.runs, from);
      return chooseBest({ sweep: name, runs, objective: from.by ?? objective }, history);
    }
    const { name, objective, runs: entries } = this.#definition;
    const runs: PlannedRun[] = [];
    for (const entry of entries)
      if (isChosen(entry.name, entry.from, from)) runs.push(...(await this.planEntry(entry)));
    const candidates = {
      sweep: name,
      runs: selectRuns(runs, from),
      objective: from.by ?? objective,
    };
    return chooseBest(candidates, history);
  }

  /** One run of the plan; undefined when `where` drops it. */
  async #planCase(item: Case, choice: Choice | undefined): Promise<PlannedRun | undefined> {
    const { name, settings, replicate } = item;
    const { base, from } = this.#definition;
    // On another sweep's result, what the definition calls its base is a change too.
    const stated = from !== undefined && item.from === from ? [...base, ...settings] : settings;
    const changes = Object.fromEntries([...stated].map(([key, { value }]) => [key, value]));
    if (choice !== undefined && 'reason' in choice)
      return { status: 'waiting', name, changes, replicate, ...choice };
    const config = resolveConfig(this.#definition, item, choice?.best);
    if (!('kind' in config)) {
      this.#problems.push(...config);
      return undefined;
    }
    const parameters = parameterCount(config.model);
    if (!isKept(this.#definition.where, item, config, parameters)) return undefined;
    this.#problems.push(...checkBudgets(this.#definition, item, parameters));
    if (this.#problems.length > 0) return undefined; // the plan fails: do not read data for it
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

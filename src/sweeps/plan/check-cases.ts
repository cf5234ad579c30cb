import type { TrainRunConfig } from '../../core/config/run-schema.js';
import { SweepError, type Diagnostic } from '../../core/errors.js';
import { chosenBy } from '../definition/check-from.js';
import type { Definition, FromReference, LoadedDefinition } from '../definition/definition.js';
import { namesIn } from '../definition/expression.js';
import { parametersOf } from './case-parameters.js';
import { CaseSpace, type CasePlace, walk } from './case-space.js';
import { CaseValues, placesOf } from './case-values.js';
import { entriesOf, expandEntry, type Case } from './cases.js';
import { checkBudgets } from './check-budget.js';
import { resolveConfig, type Ground } from './resolve-config.js';
import { holdsWhere } from './where.js';

/** Key that stands for a run whose own is not known yet. */
const UNKNOWN_KEY = '0'.repeat(64);
/** Runs that a sweep may have before `where`; more is a slip of the pen, and would take years. */
const MOST_CASES = 10_000_000;
/** Combinations that `where` and budgets are evaluated for: about two seconds. */
const MOST_LOOKED_AT = 2_000_000;
/** The same where each must be resolved, because fields of the data set are swept. */
const MOST_RESOLVED = 20_000;
/** A model beyond this fits no machine, and counts beyond 2^53 are not exact. */
const MOST_PARAMETERS = 1e12;

/** What is wrong with the cases of a definition, and how many runs it has. */
export interface CaseSurvey {
  readonly diagnostics: readonly Diagnostic[];
  /** Runs that `where` keeps, as far as it can be told before the results that runs stand on are there. */
  readonly runCount: number;
}

/**
 * Checks the cases of a definition as a whole: fields that exclude each other, budgets, `where`.
 *
 * A case that stands on a result is resolved on one of the runs it may turn out to be; its budget and `where` are
 * checked when the plan knows which. Cases that differ only in what no check looks at are looked at once.
 *
 * @param skip names of the runs that are known to be wrong
 */
export function checkCases(definition: LoadedDefinition, skip: ReadonlySet<string>): CaseSurvey {
  const entries = entriesOf(definition).filter((entry) => !skip.has(entry?.name ?? ''));
  const spaces = entries.map((entry) => new CaseSpace(definition, entry));
  const total = spaces.reduce((sum, { size }) => sum + size, 0);
  if (total > MOST_CASES)
    return { diagnostics: [tooManyCases(definition, total)], runCount: total };
  const checker = new CaseChecker(definition);
  try {
    for (const space of spaces) checker.check(space);
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    return { diagnostics: [...checker.diagnostics, ...error.diagnostics], runCount: 0 };
  }
  const { runCount, failed } = checker;
  const diagnostics = [...checker.diagnostics, ...checker.budgetDiagnostics()];
  if (runCount + failed + skip.size === 0) diagnostics.push(keepsNothing(definition));
  return { diagnostics, runCount };
}

class CaseChecker {
  readonly diagnostics: Diagnostic[] = [];
  runCount = 0;
  /** Cases that could not be resolved. */
  failed = 0;
  readonly #definition: LoadedDefinition;
  readonly #grounds: Grounds = new Map();
  readonly #failedBudgets = new Map<string, Diagnostic & { where: string; others: number }>();
  #lookedAt = 0;

  constructor(definition: LoadedDefinition) {
    this.#definition = definition;
  }

  check(space: CaseSpace): void {
    const first = space.caseAt(FIRST);
    const values = new CaseValues(this.#definition, space, this.#groundOf(first.from));
    const relevant = relevantParts(this.#definition, space, values, first.from !== undefined);
    const most = values.resolvedPlaces.length > 0 ? MOST_RESOLVED : MOST_LOOKED_AT;
    const multiplicity =
      space.size / (relevant.size(space) * (relevant.replicates ? this.#definition.replicates : 1));
    const replicates = relevant.replicates ? this.#definition.replicates : 1;
    for (const indices of walk(space.dimensions, relevant.places))
      for (let replicate = 0; replicate < replicates; replicate++) {
        if (++this.#lookedAt > most) throw tooManyToCheck(this.#definition, most);
        this.#checkOne(space, { indices, replicate }, values, multiplicity);
      }
  }

  budgetDiagnostics(): readonly Diagnostic[] {
    return [...this.#failedBudgets.values()].map(({ others, ...failed }) =>
      others === 0 ? failed : { ...failed, message: `${failed.message} (and ${others} more runs)` },
    );
  }

  #groundOf(from: FromReference | undefined): Ground | undefined {
    return from === undefined ? undefined : possibleGround(this.#definition, from, this.#grounds);
  }

  #checkOne(space: CaseSpace, place: CasePlace, cases: CaseValues, multiplicity: number): void {
    const values = cases.at(place);
    if (!('get' in values)) {
      this.diagnostics.push(...values);
      this.failed += multiplicity;
      return;
    }
    const isStanding = space.from !== undefined;
    const parameters = parametersOf(values);
    if (!isStanding && !this.#isKept(space, place, values, parameters)) return;
    this.runCount += multiplicity;
    if (isStanding) return;
    if (parameters > MOST_PARAMETERS)
      this.diagnostics.push(tooLarge(this.#definition, space.caseAt(place), parameters));
    if (!space.hasBudget) return;
    for (const failed of checkBudgets(this.#definition, space.caseAt(place), parameters)) {
      const first = this.#failedBudgets.get(failed.where);
      this.#failedBudgets.set(
        failed.where,
        first === undefined
          ? { ...failed, others: multiplicity - 1 }
          : { ...first, others: first.others + multiplicity },
      );
    }
  }

  #isKept(
    space: CaseSpace,
    place: CasePlace,
    values: ReadonlyMap<string, unknown>,
    parameters: number,
  ): boolean {
    return holdsWhere(this.#definition.where, values, {
      parameters,
      replicate: place.replicate + 1,
      name: () => space.caseAt(place).name,
    });
  }
}

const FIRST: CasePlace = { indices: [], replicate: 0 };

/** The dimensions whose choices make a difference to a check, and whether the replicates do. */
interface RelevantParts {
  readonly places: readonly number[];
  readonly replicates: boolean;
  size(space: CaseSpace): number;
}

function relevantParts(
  { where }: Definition,
  space: CaseSpace,
  { resolvedPlaces }: CaseValues,
  isStanding: boolean,
): RelevantParts {
  const names = where === undefined || isStanding ? new Set<string>() : namesIn(where.expression);
  const all = names.has('name');
  // Every model is looked at: its size must be possible.
  const byChecks = placesOf(
    space,
    (key) => all || names.has(key) || (!isStanding && key.startsWith('model.')),
  );
  const places = [...new Set([...resolvedPlaces, ...byChecks])].sort((a, b) => a - b);
  return {
    places,
    replicates: all || names.has('replicate') || names.has('seed'),
    size: ({ dimensions }) =>
      places.reduce((product, place) => product * (dimensions[place]?.length ?? 1), 1),
  };
}

/** What is wrong with a `where` that no run satisfies. */
export function keepsNothing({ where }: Definition): Diagnostic {
  return {
    ...(where === undefined ? {} : { where: where.where }),
    message: `where "${where?.text ?? ''}" keeps no run`,
  };
}

function tooManyCases(definition: LoadedDefinition, total: number): Diagnostic {
  return {
    where: `${definition.file}:1:1`,
    message: `the definition has ${total.toLocaleString('en-US')} runs, more than ${MOST_CASES.toLocaleString('en-US')}`,
    fix: 'Sweep fewer values, or fields one after the other.',
  };
}

function tooManyToCheck({ where, file }: LoadedDefinition, most: number): SweepError {
  return new SweepError('bad-definition', {
    where: where?.where ?? `${file}:1:1`,
    message: `the definition has more than ${most.toLocaleString('en-US')} combinations to check`,
    fix: 'Sweep fewer values, or leave the values out that where drops.',
  });
}

function tooLarge({ base }: Definition, { name, entry }: Case, parameters: number): Diagnostic {
  const where = entry?.where ?? base.values().next().value?.where;
  return {
    ...(where === undefined ? {} : { where }),
    message: `the model of run "${name}" has ${parameters.toExponential(1)} parameters, more than any machine holds`,
  };
}

/** Cases that are tried as the one that a reference may turn out to be: that they are valid is checked elsewhere. */
const MOST_GROUNDS = 100;

/** What was found for a reference: several runs may stand on the same chain. */
type Grounds = Map<FromReference, Ground | undefined>;

/** One of the runs that a reference may turn out to be; undefined when the definition does not allow to tell. */
function possibleGround(
  definition: LoadedDefinition,
  from: FromReference,
  grounds: Grounds,
): Ground | undefined {
  if (grounds.has(from)) return grounds.get(from);
  grounds.set(from, undefined); // a cycle, which is reported elsewhere, ends here
  const ground = findGround(definition, from, grounds);
  grounds.set(from, ground);
  return ground;
}

function findGround(
  definition: LoadedDefinition,
  from: FromReference,
  grounds: Grounds,
): Ground | undefined {
  const among = from.sweep === undefined ? definition : definition.upstream.get(from.sweep);
  if (among === undefined) return undefined;
  const isChosen = chosenBy(from);
  for (const entry of entriesOf(among)) {
    if (entry !== undefined && !isChosen(entry.name, entry.from)) continue;
    let tried = 0;
    for (const item of expandEntry(among, entry)) {
      if (++tried > MOST_GROUNDS) break;
      const config = possibleConfig(among, item, grounds);
      if (config !== undefined) return { config, key: UNKNOWN_KEY };
    }
  }
  return undefined;
}

function possibleConfig(
  definition: LoadedDefinition,
  item: Case,
  grounds: Grounds,
): TrainRunConfig | undefined {
  if (item.from?.take === 'checkpoint') return undefined;
  const ground =
    item.from === undefined ? undefined : possibleGround(definition, item.from, grounds);
  const config = resolveConfig(definition, item, ground);
  return 'kind' in config && config.kind === 'train' ? config : undefined;
}

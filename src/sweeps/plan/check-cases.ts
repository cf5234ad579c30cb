import type { TrainRunConfig } from '../../core/config/run-schema.js';
import { SweepError, type Diagnostic } from '../../core/errors.js';
import { parameterCount } from '../../core/model/layout.js';
import { isChosen } from '../definition/check-from.js';
import type { Definition, FromReference, LoadedDefinition } from '../definition/definition.js';
import { entriesOf, expandCases, expandEntry, type Case } from './cases.js';
import { checkBudgets } from './check-budget.js';
import { resolveConfig, type Ground } from './resolve-config.js';
import { isKept } from './where.js';

/** Key that stands for a run whose own is not known yet. */
const UNKNOWN_KEY = '0'.repeat(64);

/**
 * Resolves every case of a definition and checks it as a whole: fields that exclude each other, budgets, `where`.
 *
 * A case that stands on a result is resolved on one of the runs it may turn out to be; its budget and `where` are
 * checked when the plan knows which.
 *
 * @param skip names of the runs that are known to be wrong
 */
export function checkCases(
  definition: LoadedDefinition,
  skip: ReadonlySet<string>,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const failedBudgets = new Map<string, Diagnostic & { where: string; others: number }>();
  const grounds = new Map<FromReference, Ground | undefined>();
  let kept = skip.size;
  for (const item of expandCases(definition)) {
    if (item.entry !== undefined && skip.has(item.entry.name)) continue;
    let ground: Ground | undefined;
    if (item.from !== undefined) {
      if (!grounds.has(item.from)) grounds.set(item.from, possibleGround(definition, item.from));
      ground = grounds.get(item.from);
    }
    const resolved = resolveConfig(definition, item, ground);
    if (!('kind' in resolved)) {
      diagnostics.push(...resolved);
      kept++;
      continue;
    }
    if (item.from !== undefined) {
      kept++;
      continue;
    }
    const parameters = parameterCount(resolved.model);
    try {
      if (!isKept(definition.where, item, resolved, parameters)) continue;
    } catch (error) {
      if (!(error instanceof SweepError)) throw error;
      return [...diagnostics, ...error.diagnostics];
    }
    kept++;
    for (const failed of checkBudgets(definition, item, parameters)) {
      const first = failedBudgets.get(failed.where);
      failedBudgets.set(
        failed.where,
        first === undefined ? { ...failed, others: 0 } : { ...first, others: first.others + 1 },
      );
    }
  }
  if (kept === 0) diagnostics.push(keepsNothing(definition));
  for (const { others, ...failed } of failedBudgets.values())
    diagnostics.push(
      others === 0 ? failed : { ...failed, message: `${failed.message} (and ${others} more runs)` },
    );
  return diagnostics;
}

/** What is wrong with a `where` that no run satisfies. */
export function keepsNothing({ where }: Definition): Diagnostic {
  return {
    ...(where === undefined ? {} : { where: where.where }),
    message: `where "${where?.text ?? ''}" keeps no run`,
  };
}

/** One of the runs that a reference may turn out to be; undefined when the definition does not allow to tell. */
function possibleGround(definition: LoadedDefinition, from: FromReference): Ground | undefined {
  const among = from.sweep === undefined ? definition : definition.upstream.get(from.sweep);
  if (among === undefined) return undefined;
  for (const entry of entriesOf(among)) {
    if (entry !== undefined && !isChosen(entry.name, entry.from, from)) continue;
    for (const item of expandEntry(among, entry)) {
      const config = possibleConfig(among, item);
      if (config !== undefined) return { config, key: UNKNOWN_KEY };
    }
  }
  return undefined;
}

function possibleConfig(definition: LoadedDefinition, item: Case): TrainRunConfig | undefined {
  if (item.from?.take === 'checkpoint') return undefined;
  const ground = item.from === undefined ? undefined : possibleGround(definition, item.from);
  const config = resolveConfig(definition, item, ground);
  return 'kind' in config && config.kind === 'train' ? config : undefined;
}

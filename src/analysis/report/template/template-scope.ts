import type { RunRow } from '../../../core/store/run-row.js';
import { flattenFields } from '../../../core/config/flatten-fields.js';
import { computed, recorded } from '../../provenance.js';
import { runNames } from '../../run-names.js';
import type { RunAnalysis, Scores } from '../../sweep-analysis.js';
import {
  formatCorrelation,
  formatCount,
  formatNll,
  formatNllPerCharacter,
  formatP,
  formatSeconds,
  formatTop1,
} from '../../tables/format.js';
import { halfWidth } from '../../tables/uncertainty.js';
import { definitionProse } from '../definition-prose.js';
import type { SectionData } from '../section-data.js';
import { formatPlain, SourcedNumber, type NumberFormat } from './sourced-number.js';

/** What a name of a template stands for; null for what has no value yet. */
export type ScopeValue =
  SourcedNumber | string | boolean | null | ScopeGroup | readonly ScopeGroup[];

/** Names with a common beginning: `run`, `run.small`, `run.small.test`. Without a prototype: it has these names only. */
export interface ScopeGroup {
  [name: string]: ScopeValue;
}

export interface TemplateScope {
  /** `run` and `sweep`. */
  readonly names: ScopeGroup;
  /** Names that different runs of several sweeps have, with these sweeps: `run` does not have them. */
  readonly ambiguousRuns: ReadonlyMap<string, readonly string[]>;
}

/** The names that a template can use. */
export function templateScope(sections: readonly SectionData[]): TemplateScope {
  const run = group();
  const sweep = group();
  const found = new Map<string, { id: string; sweeps: string[] }>();
  const ambiguousRuns = new Map<string, readonly string[]>();
  for (const section of sections) {
    const runs = runGroups(section);
    sweep[section.sweep.name] = sweepGroup(section, runs);
    for (const [name, id] of namedRuns(section)) {
      const first = found.get(name) ?? { id, sweeps: [] };
      first.sweeps.push(section.sweep.name);
      found.set(name, first);
      if (first.id !== id) ambiguousRuns.set(name, first.sweeps);
      run[name] ??= runs.get(id) ?? null;
    }
  }
  for (const name of ambiguousRuns.keys()) Reflect.deleteProperty(run, name);
  return { names: group({ run, sweep }), ambiguousRuns };
}

function sweepGroup(section: SectionData, runs: ReadonlyMap<string, ScopeGroup>): ScopeGroup {
  const { sweep, analysis } = section;
  const ids = [...runs.keys()];
  return group({
    name: sweep.name,
    title: sweep.title,
    description: textOf(definitionProse(sweep.definitionText).description),
    objective: analysis.objective.metric,
    count: new SourcedNumber(ids.length, computed(ids, 'number of runs'), formatCount),
    best: analysis.best === null ? null : (runs.get(analysis.best.id) ?? null),
    run: group(
      Object.fromEntries(namedRuns(section).map(([name, id]) => [name, runs.get(id) ?? null])),
    ),
    runs: [...runs.values()],
  });
}

/** Paragraphs as one text; null for none. */
function textOf(paragraphs: readonly string[]): string | null {
  return paragraphs.length === 0 ? null : paragraphs.join(' ');
}

/** Every name of every run of a sweep, with the run's id. */
function namedRuns({ sweep, runs }: SectionData): (readonly [name: string, id: string])[] {
  return runs.flatMap((row) => runNames(row, sweep.name).map((name) => [name, row.id] as const));
}

/** Id of a run to what its names stand for, in the order of the definition. */
function runGroups({ sweep, runs, analysis }: SectionData): Map<string, ScopeGroup> {
  const rows = new Map(runs.map((row) => [row.id, row]));
  return new Map(analysis.runs.map((run) => [run.id, runGroup(run, rows.get(run.id), sweep.name)]));
}

function runGroup(run: RunAnalysis, row: RunRow | undefined, sweep: string): ScopeGroup {
  const number = (
    metric: string,
    value: number | null,
    format: NumberFormat,
    event: Parameters<typeof recorded>[2] = {},
  ): ScopeValue =>
    value === null ? null : new SourcedNumber(value, recorded(run.id, metric, event), format);
  const scores = (split: string, of: Scores | null): ScopeGroup =>
    group({
      nll: number(`${split}.nll`, of?.nll ?? null, formatNll, of ?? {}),
      nllPerCharacter:
        of === null
          ? null
          : new SourcedNumber(
              of.nllPerCharacter,
              computed([run.id], `${split}.nll divided by the predicted characters of a text`),
              formatNllPerCharacter,
            ),
      top1: number(`${split}.top1`, of?.top1 ?? null, formatTop1, of ?? {}),
    });
  return group({
    name: run.name,
    id: run.id,
    state: run.state,
    reason: run.reason,
    device: run.device,
    rank:
      run.rank === null
        ? null
        : new SourcedNumber(run.rank, computed([run.id], `rank in ${sweep}`), formatCount),
    parameters: number('parameters', run.parameters, formatCount),
    seed: number('seed', run.seed, String),
    epochs: number('epochs', run.epochs, formatCount),
    bestEpoch: number('bestEpoch', run.bestEpoch, formatCount, run.best.val ?? {}),
    seconds: number('seconds', run.seconds, formatSeconds),
    test: scores('test', run.best.test),
    val: scores('val', run.best.val),
    train: scores('train', run.best.train),
    final: group({ train: scores('train', run.final.train), val: scores('val', run.final.val) }),
    correlation: correlationGroup(run),
    config: row === undefined ? group() : configurationGroup(row),
  });
}

/** Of validation NLL and top-1 over the epochs. */
function correlationGroup({ id, correlation }: RunAnalysis): ScopeGroup {
  const number = (
    value: number | null | undefined,
    what: string,
    format: NumberFormat,
  ): ScopeValue =>
    value === null || value === undefined
      ? null
      : new SourcedNumber(
          value,
          computed([id], `${what} of val.nll and val.top1 over the epochs`),
          format,
        );
  return group({
    r: number(correlation?.r, 'Pearson r', (r) =>
      formatCorrelation(r, halfWidth(correlation?.interval ?? null)),
    ),
    n: number(correlation?.n, 'number of pairs', formatCount),
    p: number(correlation?.pHolm, 'p of Pearson r, corrected by Holm,', formatP),
    spearman: number(correlation?.spearman.rho, 'Spearman rank correlation', formatCorrelation),
  });
}

/** `config.model.embedding`: the resolved configuration. */
function configurationGroup({ id, config }: RunRow): ScopeGroup {
  const root = group();
  for (const [key, value] of flattenFields(config)) {
    const path = key.split('.');
    const last = path.pop() ?? key;
    let parent = root;
    for (const part of path) {
      const inner = parent[part];
      parent = isGroup(inner) ? inner : (parent[part] = group());
    }
    parent[last] = configurationValue(id, key, value);
  }
  return root;
}

function configurationValue(run: string, key: string, value: unknown): ScopeValue {
  if (typeof value === 'number')
    return new SourcedNumber(value, recorded(run, `config.${key}`), formatPlain);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

/** Whether a value is a group of names. */
export function isGroup(value: unknown): value is ScopeGroup {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

function group(entries: Record<string, ScopeValue> = {}): ScopeGroup {
  const created: ScopeGroup = { __proto__: null };
  return Object.assign(created, entries);
}

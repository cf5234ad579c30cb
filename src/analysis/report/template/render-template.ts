import { Liquid } from 'liquidjs';
import type { SweepDatabase } from '../../../core/store/database.js';
import { NO_VALUE } from '../../tables/format.js';
import { loadSections, reportOn } from '../build-report.js';
import type { RichText } from '../inline.js';
import type { Report } from '../report.js';
import { blockTag } from './block-tag.js';
import { COMPARISONS } from './comparisons.js';
import { FILTERS } from './filters.js';
import { markOf, withoutMarks, type FilledPart, type FilledTemplate } from './filled-template.js';
import { SourcedNumber } from './sourced-number.js';
import { BLOCK_TAGS, findBlocks } from './template-blocks.js';
import { templateError } from './template-error.js';
import { TemplateProblem } from './template-problem.js';
import { templateScope } from './template-scope.js';

/** A template as it was read. */
export interface Template {
  /** Name of its file, for messages. */
  readonly file: string;
  readonly text: string;
}

/** A filled-in template, and the report that its parts are of. */
export interface TemplatedReport {
  readonly filled: FilledTemplate;
  readonly report: Report;
}

/** What a template may use up. */
export interface TemplateLimits {
  /** Time to fill it in, ms. */
  readonly renderMs: number;
  /** Elements of all ranges, such as `(1..10)`. */
  readonly elements: number;
  /** Values and blocks that are filled in. */
  readonly outputs: number;
}

/** Far above what a page for people needs: 1,000 runs with 20 numbers each are 20,000. */
const LIMITS: TemplateLimits = { renderMs: 20_000, elements: 1e6, outputs: 200_000 };

/** Tags of liquidjs that neither read a file nor write a value by a way of their own. */
const TAGS = ['assign', 'break', 'case', 'comment', 'continue', 'for', 'if', 'raw', 'unless', '#'];

/**
 * Fills a template in with what the database says of some sweeps.
 *
 * **Determinism**: it depends on the template and the database alone.
 *
 * @throws SweepError `bad-call` with file, line and column for what the template names wrongly
 */
export function renderTemplate(
  db: SweepDatabase,
  sweepNames: readonly string[],
  { file, text }: Template,
  limits = LIMITS,
): TemplatedReport {
  const sections = loadSections(db, sweepNames);
  const report = reportOn(db, sections);
  const scope = templateScope(sections);
  const parts: FilledPart[] = [];
  const liquid = createLiquid(report, parts, limits);
  try {
    const filled: unknown = liquid.parseAndRenderSync(withoutMarks(text), scope.names);
    return { filled: { file, source: text, text: String(filled), parts }, report };
  } catch (error) {
    const tags = Object.keys(liquid.tags);
    const filters = Object.keys(liquid.filters);
    throw templateError(error, { file, scope, tags, filters }) ?? error;
  }
}

/** Puts what is filled in at the end of `parts`, and its mark into the text. */
function createLiquid(report: Report, parts: FilledPart[], limits: TemplateLimits): Liquid {
  const fillIn = (part: FilledPart): string => {
    if (parts.length >= limits.outputs) throw new Error('output limit exceeded');
    return markOf(parts.push(part) - 1);
  };
  const liquid = new Liquid({
    operators: COMPARISONS,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
    templates: {}, // no file can be read
    renderLimit: limits.renderMs,
    memoryLimit: limits.elements,
    outputEscape: (value: unknown) => fillIn({ kind: 'value', content: outputText(value) }),
  });
  for (const name of Object.keys(liquid.tags))
    if (!TAGS.includes(name)) Reflect.deleteProperty(liquid.tags, name);
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name);
  for (const [name, filter] of Object.entries(FILTERS)) liquid.registerFilter(name, filter);
  for (const tag of BLOCK_TAGS) {
    const render = (name: string): string =>
      fillIn({ kind: 'blocks', blocks: findBlocks(report, tag, name) });
    liquid.registerTag(tag, blockTag(tag, render));
  }
  return liquid;
}

/** A value where the template shows it. */
function outputText(value: unknown): RichText {
  if (value === null || value === undefined) return [NO_VALUE];
  if (value instanceof SourcedNumber) return [value.toInline()];
  if (typeof value === 'string') return [value];
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value === 'number') {
    throw new TemplateProblem(
      'this number comes from no run',
      'Write it as text, or calculate it from a number of a run.',
    );
  }
  const names = typeof value === 'object' ? Object.keys(value) : [];
  throw new TemplateProblem(
    'this is not one value but several',
    Array.isArray(value)
      ? 'Go through it: {% for one in … %} … {% endfor %}'
      : `Name one of them: ${names.slice(0, 20).join(', ')}.`,
  );
}

import { Liquid } from 'liquidjs';
import type { SweepDatabase } from '../../../core/store/database.js';
import { escapeMarkdown } from '../../tables/markdown-text.js';
import { NO_VALUE } from '../../tables/format.js';
import { loadSections, reportOn } from '../build-report.js';
import { inlineMarkdown } from '../inline-markdown.js';
import { renderBlock } from '../markdown.js';
import type { FigureBlock, Report } from '../report.js';
import { blockTag } from './block-tag.js';
import { COMPARISONS } from './comparisons.js';
import { FILTERS } from './filters.js';
import { SourcedNumber } from './sourced-number.js';
import { BLOCK_TAGS, figuresOf, findBlocks } from './template-blocks.js';
import { templateError } from './template-error.js';
import { TemplateProblem } from './template-problem.js';
import { templateScope } from './template-scope.js';

/** A template as it was read. */
export interface Template {
  /** Name of its file, for messages. */
  readonly file: string;
  readonly text: string;
}

/** A filled-in template. */
export interface TemplatedReport {
  readonly markdown: string;
  /** The figures that it shows. */
  readonly figures: readonly FigureBlock[];
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
  const figures = new Map<string, FigureBlock>();
  const liquid = createLiquid(report, figures, limits);
  try {
    const markdown: unknown = liquid.parseAndRenderSync(text, scope.names);
    return { markdown: String(markdown), figures: [...figures.values()] };
  } catch (error) {
    const tags = Object.keys(liquid.tags);
    const filters = Object.keys(liquid.filters);
    throw templateError(error, { file, scope, tags, filters }) ?? error;
  }
}

/** Notes the figures that the template shows. */
function createLiquid(
  report: Report,
  figures: Map<string, FigureBlock>,
  limits: TemplateLimits,
): Liquid {
  const count = counter(limits.outputs);
  const liquid = new Liquid({
    operators: COMPARISONS,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
    templates: {}, // no file can be read
    renderLimit: limits.renderMs,
    memoryLimit: limits.elements,
    outputEscape: (value: unknown) => {
      count();
      return outputMarkdown(value);
    },
  });
  for (const name of Object.keys(liquid.tags))
    if (!TAGS.includes(name)) Reflect.deleteProperty(liquid.tags, name);
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name);
  for (const [name, filter] of Object.entries(FILTERS)) liquid.registerFilter(name, filter);
  for (const tag of BLOCK_TAGS) {
    const render = (name: string): string => {
      count();
      const blocks = findBlocks(report, tag, name);
      for (const figure of figuresOf(blocks)) figures.set(figure.file, figure);
      return blocks.map(renderBlock).join('\n\n');
    };
    liquid.registerTag(tag, blockTag(tag, render));
  }
  return liquid;
}

function counter(limit: number): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count > limit) throw new Error('output limit exceeded');
  };
}

/** A value where the template shows it. Texts are not the author's: nothing in them is markup. */
function outputMarkdown(value: unknown): string {
  if (value === null || value === undefined) return NO_VALUE;
  if (value instanceof SourcedNumber) return inlineMarkdown([value.toInline()]);
  // An attribute of the author's own HTML must not end in the text either.
  if (typeof value === 'string') return escapeMarkdown(value).replaceAll('"', '&quot;');
  if (typeof value === 'boolean') return String(value);
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

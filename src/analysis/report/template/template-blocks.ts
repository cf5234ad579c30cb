import { suggestionFor } from '../../../core/suggest-key.js';
import { runNames } from '../../run-names.js';
import { allBlocks, type Block, type Report } from '../report.js';
import { TemplateProblem } from './template-problem.js';

/** Tags that put a part of the report where they stand, by their name. */
export const BLOCK_TAGS = ['table', 'figure', 'samples'] as const;
export type BlockTagName = (typeof BLOCK_TAGS)[number];

/** A part of a report under the name by which a template asks for it. */
interface NamedBlocks {
  readonly sweep: string;
  readonly name: string;
  readonly blocks: Block[];
}

/**
 * The blocks that a tag names: `final`, or `q2.final` where several sweeps have one.
 *
 * @throws TemplateProblem when there is none, or more than one
 */
export function findBlocks(report: Report, tag: BlockTagName, name: string): readonly Block[] {
  const all = namedBlocks(report, tag);
  const found = all.filter((part) => part.name === name || fullName(part) === name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first.blocks;
  if (first !== undefined) {
    throw new TemplateProblem(
      `${tag} ${name} is in ${found.map(({ sweep }) => sweep).join(' and ')}`,
      `Say which: {% ${tag} ${fullName(first)} %}`,
    );
  }
  const known = all.flatMap((part) => [part.name, fullName(part)]);
  throw new TemplateProblem(
    `the report has no ${tag} ${name}`,
    known.length === 0
      ? `It has no ${tag} at all.`
      : suggestionFor(name, known, [...new Set(all.map((part) => part.name))]),
  );
}

function namedBlocks(report: Report, tag: BlockTagName): NamedBlocks[] {
  return report.sections.flatMap((section) => {
    const blocks = allBlocks({ ...report, sections: [section] });
    const parts = new Map<string, Block[]>();
    for (const block of blocks) {
      for (const name of namesOf(report, { tag, sweep: section.sweep }, block))
        parts.set(name, [...(parts.get(name) ?? []), block]);
    }
    return [...parts].map(([name, part]) => ({ sweep: section.sweep, name, blocks: part }));
  });
}

/** What a tag calls a block of a sweep; a run has each of its names. None for a block of another kind. */
function namesOf(
  report: Report,
  { tag, sweep }: { readonly tag: BlockTagName; readonly sweep: string },
  block: Block,
): string[] {
  if (tag !== 'samples') return block.kind === tag ? [block.name] : [];
  // The texts of the end only: those of every epoch would fill pages.
  if (block.kind !== 'samples' || block.stage !== 'final') return [];
  const run = report.runs.find(({ id }) => id === block.run);
  if (run === undefined) return [block.run];
  const names = runNames(run, sweep);
  return names.length === 0 ? [run.name] : names;
}

function fullName({ sweep, name }: NamedBlocks): string {
  return `${sweep}.${name}`;
}

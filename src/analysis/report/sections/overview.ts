import type { RunRow } from '../../../core/store/run-row.js';
import { formatCount, formatNll, formatSeconds, formatTop1 } from '../../tables/format.js';
import { computed, recorded } from '../../provenance.js';
import type { Objective } from '../../objective.js';
import type { SampleSource, Scores } from '../../sweep-analysis.js';
import { sourceText } from '../../tables/score-tables.js';
import { value, type RichText } from '../inline.js';
import { remarkBlocks } from '../remarks.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';
import { definitionNotes } from './description.js';

/** Models that the sampling runs of a sweep stand on, named in its overview. */
const MOST_SOURCES = 4;

/** What the sweep is, when and on what it ran, its best run, and what a reader must be warned of. */
export function overviewBlocks({ sweep, runs, analysis }: SectionData): Block[] {
  const facts: [string, RichText | string | null][] = [
    ['Sweep', `${sweep.name}, ${formatCount(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}`],
    ['Definition', sweep.definitionFile],
    ['Ran', period(runs)],
    ['Hardware', distinct(runs.map(hardware))],
    ['Time of all runs', totalTime(runs)],
    ['Texts', distinct(runs.map(textCounts))],
    ['Objective', runs.some(isTrained) ? objectiveText(analysis.objective) : null],
    ['Best run', bestText(analysis)],
    ['Samples', sourcesText(analysis)],
  ];
  const blocks: Block[] = [
    {
      kind: 'list',
      items: facts.flatMap(([label, text]) => {
        if (text === null) return [];
        return [{ label, text: typeof text === 'string' ? [text] : text }];
      }),
    },
  ];
  const notes = [
    ...definitionNotes({ sweep }),
    ...analysis.notes.map((note) => ({ label: note.run, text: [note.text] })),
  ];
  if (notes.length > 0)
    blocks.push({ kind: 'heading', level: 1, text: 'Notes' }, ...remarkBlocks(notes, 'notes'));
  return blocks;
}

/** A sweep that only samples has nothing to rank. */
function isTrained(run: RunRow): boolean {
  return run.kind === 'train';
}

function period(runs: readonly RunRow[]): string | null {
  const first = runs.flatMap((run) => run.startedAt ?? []).sort()[0];
  const last = runs
    .flatMap((run) => run.endedAt ?? run.lastEventAt ?? [])
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  return `${utcMinute(first)} to ${utcMinute(last)} UTC`;
}

function utcMinute(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

function hardware(run: RunRow): string | null {
  if (run.device === null) return null;
  const threads =
    run.threads === null ? '' : `, ${run.threads} thread${run.threads === 1 ? '' : 's'}`;
  const host = run.host === null ? '' : ` on ${run.host}`;
  return `${run.device}${threads}${host}`;
}

function textCounts(run: RunRow): string | null {
  if (run.textsTrain === null || run.textsVal === null || run.textsTest === null) return null;
  return (
    `${formatCount(run.textsTrain)} training, ${formatCount(run.textsVal)} validation, ` +
    `${formatCount(run.textsTest)} test`
  );
}

function totalTime(runs: readonly RunRow[]): RichText | null {
  const timed = runs.filter((run) => run.totalSeconds !== null);
  if (timed.length === 0) return null;
  const seconds = timed.reduce((sum, run) => sum + (run.totalSeconds ?? 0), 0);
  const ids = timed.map((run) => run.id);
  return [value(formatSeconds(seconds), computed(ids, 'sum of seconds'))];
}

/** The different texts, in the order in which they appear. */
function distinct(texts: readonly (string | null)[]): string | null {
  const found = new Set(texts.filter((text) => text !== null));
  return found.size === 0 ? null : [...found].join('; ');
}

function objectiveText({ metric, goal, isDefault }: Objective): string {
  return `${goal} ${metric}${isDefault ? ' (the default)' : ''}`;
}

function bestText({ best, objective, runs }: SectionData['analysis']): RichText | null {
  if (best === null) return null;
  const isNll = objective.metric.endsWith('.nll');
  const scores = runs.find((run) => run.id === best.id)?.best;
  const event = objective.metric.startsWith('test.') ? scores?.test : scores?.val;
  return [
    `${best.name} (${objective.metric} `,
    value(
      isNll ? formatNll(best.value) : formatTop1(best.value),
      recorded(best.id, objective.metric, event ?? {}),
    ),
    isNll ? ' nats per text)' : ')',
  ];
}

/** The models that the sampling runs stand on, each with what its checkpoint scores. */
function sourcesText({ runs }: SectionData['analysis']): RichText | null {
  const sources = new Map(runs.flatMap(({ source }) => (source ? [[source.id, source]] : [])));
  if (sources.size === 0) return null;
  const texts = [...sources.values()].slice(0, MOST_SOURCES).map(sourceModel);
  const left = sources.size - texts.length;
  return [
    ...texts.flatMap((text, index) => (index === 0 ? text : ['; ', ...text])),
    ...(left > 0 ? [`; and ${left} more`] : []),
  ];
}

function sourceModel(source: SampleSource): RichText {
  const { id, parameters } = source;
  const { val, test } = source.best;
  const score = (split: string, of: Scores | null): RichText =>
    of === null
      ? []
      : [`, ${split} NLL `, value(formatNll(of.nll), recorded(id, `${split}.nll`, of))];
  return [
    'the best checkpoint of ',
    { kind: 'strong', content: [sourceText(source)] },
    ...(parameters === null
      ? []
      : [', ', value(formatCount(parameters), recorded(id, 'parameters')), ' parameters']),
    ...score('val', val),
    ...score('test', test),
    val === null && test === null ? '' : ' nats per text',
  ];
}

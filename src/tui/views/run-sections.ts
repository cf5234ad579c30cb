import { basename } from 'node:path';
import prettyBytes from 'pretty-bytes';
import { flattenFields } from '../../core/config/flatten-fields.js';
import type { RecordedRow, TableRow } from '../../core/store/dashboard-table-queries.js';
import type { SampleMoment, SampleSet } from '../../core/store/sample-queries.js';
import { rule } from '../components/rule.js';
import type { RunDetail } from '../model/run-detail.js';
import { fit } from '../text/cells.js';
import { describeEvent } from '../text/describe-event.js';
import { formatClock, formatCount, formatValue, plainText } from '../text/format.js';
import { clipSpans, type Span } from '../text/spans.js';
import type { Theme } from '../theme.js';

const SHOWN_IMPROVEMENTS = 6;

/** How many lines of a kind are shown. */
interface Amounts {
  /** Texts of each temperature. */
  readonly texts: number;
  readonly events: number;
  readonly logLines: number;
}

/** On a high screen more is shown of what is long. */
function amountsFor(height: number): Amounts {
  return {
    texts: Math.max(6, Math.floor(height / 5)),
    events: Math.max(10, Math.floor(height / 4)),
    logLines: Math.max(8, Math.floor(height / 8)),
  };
}

/** What the sections of a run are made of. */
export interface SectionData {
  readonly detail: RunDetail;
  readonly row: RecordedRow;
  readonly texts: { readonly moment: SampleMoment; readonly sets: readonly SampleSet[] } | null;
  /** Of how many moments with texts, and which of them, from 1. */
  readonly textsPlace: readonly [place: number, count: number];
}

/** What there is to read of a run, one section below the other; on a screen of `height` lines. */
export function runSections(
  data: SectionData,
  { width, height }: { readonly width: number; readonly height: number },
  theme: Theme,
): Span[][] {
  const most = amountsFor(height);
  const sections: Section[] = [
    [heading('Written on it'), annotationLines(data.row)],
    [heading('Differs from the base'), changeLines(data.row, theme)],
    [textsHeading(data), textLines(data, most)],
    [heading('Checkpoints', `keep ${data.detail.keep}`), checkpointLines(data.detail)],
    [heading('Events', 'newest first'), eventLines(data.detail, most)],
    [heading('Log', 'its end'), logLines(data.detail, most)],
    [heading('Configuration'), configurationLines(data.detail)],
    [heading('Ran on'), environmentLines(data.detail)],
  ];
  return underTitles(sections, width, theme);
}

type Section = readonly [title: Span[], lines: Span[][]];

/** Sections one below the other, without those that have nothing to say. */
function underTitles(sections: readonly Section[], width: number, theme: Theme): Span[][] {
  return sections
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => [
      rule(title, width, theme),
      ...lines.map((line) => clipSpans(line, width, theme.ellipsis)),
    ]);
}

function heading(title: string, note = ''): Span[] {
  return [{ text: title, bold: true }, ...(note === '' ? [] : [{ text: `  ${note}`, dim: true }])];
}

function pairLines(pairs: readonly (readonly [string, string])[]): Span[][] {
  const width = Math.max(0, ...pairs.map(([key]) => key.length));
  return pairs.map(([key, value]) => [
    { text: `${fit(plainText(key), width)}  `, dim: true },
    { text: plainText(value) },
  ]);
}

function annotationLines({ note, tags }: RecordedRow): Span[][] {
  return pairLines([
    ...(note === null ? [] : [['note', note] as const]),
    ...(tags.length === 0 ? [] : [['tags', tags.join(' ')] as const]),
  ]);
}

/** What a run changes, under its title. */
export function changesSection(row: TableRow, width: number, theme: Theme): Span[][] {
  return underTitles([[heading('Differs from the base'), changeLines(row, theme)]], width, theme);
}

function changeLines({ changes }: TableRow, theme: Theme): Span[][] {
  const pairs = Object.entries(changes).map(
    ([key, value]) => [key, formatValue(key, value)] as const,
  );
  return pairs.length === 0
    ? [[{ text: `${theme.noValue} nothing: it is the base itself`, dim: true }]]
    : pairLines(pairs);
}

function textsHeading({ texts, textsPlace: [place, count] }: SectionData): Span[] {
  if (texts === null) return heading('Texts');
  const { stage, epoch } = texts.moment;
  const when = stage === 'final' ? `at the end, best epoch ${epoch}` : `after epoch ${epoch}`;
  return [
    ...heading('Texts'),
    { text: `  ${when}` },
    { text: `  ${place} of ${count}`, dim: true },
  ];
}

function textLines({ texts }: SectionData, { texts: most }: Amounts): Span[][] {
  if (texts === null) return [];
  return texts.sets.flatMap(({ temperature, texts: all }) => [
    [
      { text: `temperature ${temperature}`, dim: true },
      ...(all.length > most
        ? [{ text: `  ${most} of ${formatCount(all.length)}`, dim: true }]
        : []),
    ],
    ...all.slice(0, most).map((text) => [{ text: `  ${plainText(text)}` }]),
  ]);
}

function checkpointLines({ kept: { checkpoints, improvements } }: RunDetail): Span[][] {
  const earlier = improvements
    .slice(0, SHOWN_IMPROVEMENTS)
    .map((improvement) => ({ kind: 'earlier', ...improvement }));
  const more = improvements.length - earlier.length;
  const lines: Span[][] = [...checkpoints, ...earlier].map(({ kind, epoch, bytes, file }) => [
    { text: fit(kind, earlier.length === 0 ? 4 : 7) },
    { text: `  epoch ${epoch}  ` },
    { text: fit(prettyBytes(bytes), 8, 'right') },
    { text: `  ${basename(file)}`, dim: true }, // all are in one folder
  ]);
  return more === 0 ? lines : [...lines, [{ text: `and ${formatCount(more)} earlier`, dim: true }]];
}

function eventLines({ events }: RunDetail, { events: most }: Amounts): Span[][] {
  return events
    .slice(-most)
    .toReversed()
    .map((event) => [
      { text: `${formatClock(event.time)}  `, dim: true },
      { text: fit(event.type, 10), color: eventColor(event.type) },
      { text: ` ${describeEvent(event)}` },
    ]);
}

function eventColor(type: RunDetail['events'][number]['type']): Span['color'] {
  switch (type) {
    case 'failed':
      return 'red';
    case 'diverged':
      return 'magenta';
    case 'stopped':
      return 'yellow';
    case 'completed':
      return 'green';
    case 'started':
      return 'cyan';
    case 'progress':
    case 'epoch':
    case 'checkpoint':
    case 'samples':
    case 'evaluated':
    case 'baselines':
      return undefined;
  }
}

function logLines({ logLines: lines }: RunDetail, { logLines: most }: Amounts): Span[][] {
  return lines.slice(-most).map((line) => [{ text: plainText(line) }]);
}

function configurationLines({ run }: RunDetail): Span[][] {
  return pairLines(
    [...flattenFields(run.config)].map(([key, value]) => [key, formatValue(key, value)]),
  );
}

function environmentLines({ run, logFile }: RunDetail): Span[][] {
  if (run.engine === null) return [];
  return pairLines([
    ['engine', `${run.engine} ${run.engineVersion ?? ''}`],
    ['device', `${run.device ?? ''}, threads ${run.threads ?? ''}`],
    ['host', `${run.host ?? ''}, process ${run.pid ?? ''}`],
    ['log', logFile],
  ]);
}

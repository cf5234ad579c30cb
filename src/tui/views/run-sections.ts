import prettyBytes from 'pretty-bytes';
import type { RecordedRow, TableRow } from '../../core/store/dashboard-table-queries.js';
import type { SampleMoment, SampleSet } from '../../core/store/sample-queries.js';
import { rule } from '../components/rule.js';
import type { RunDetail } from '../model/run-detail.js';
import { fit } from '../text/cells.js';
import { describeEvent } from '../text/describe-event.js';
import { formatCount, formatValue, plainText } from '../text/format.js';
import { clipSpans, type Span } from '../text/spans.js';
import type { Theme } from '../theme.js';

/** Texts of each temperature that are shown. */
const SHOWN_TEXTS = 6;
const SHOWN_EVENTS = 10;
const SHOWN_LOG_LINES = 8;
const SHOWN_IMPROVEMENTS = 6;

/** What the sections of a run are made of. */
export interface SectionData {
  readonly detail: RunDetail;
  readonly row: RecordedRow;
  readonly texts: { readonly moment: SampleMoment; readonly sets: readonly SampleSet[] } | null;
  /** Of how many moments with texts, and which of them, from 1. */
  readonly textsPlace: readonly [place: number, count: number];
}

/** What there is to read of a run, one section below the other. */
export function runSections(data: SectionData, width: number, theme: Theme): Span[][] {
  const sections: Section[] = [
    [heading('Written on it'), annotationLines(data.row)],
    [heading('Differs from the base'), changeLines(data.row, theme)],
    [textsHeading(data), textLines(data)],
    [heading('Checkpoints', `keep ${data.detail.keep}`), checkpointLines(data.detail)],
    [heading('Events', 'newest first'), eventLines(data.detail)],
    [heading('Log', 'its end'), logLines(data.detail)],
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
  const pairs = Object.entries(changes).map(([key, value]) => [key, formatValue(value)] as const);
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

function textLines({ texts }: SectionData): Span[][] {
  if (texts === null) return [];
  return texts.sets.flatMap(({ temperature, texts: all }) => [
    [
      { text: `temperature ${temperature}`, dim: true },
      ...(all.length > SHOWN_TEXTS
        ? [{ text: `  ${SHOWN_TEXTS} of ${formatCount(all.length)}`, dim: true }]
        : []),
    ],
    ...all.slice(0, SHOWN_TEXTS).map((text) => [{ text: `  ${plainText(text)}` }]),
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
    { text: `  ${file}`, dim: true },
  ]);
  return more === 0 ? lines : [...lines, [{ text: `and ${formatCount(more)} earlier`, dim: true }]];
}

function eventLines({ events }: RunDetail): Span[][] {
  return events
    .slice(-SHOWN_EVENTS)
    .toReversed()
    .map((event) => [
      { text: `${event.time.slice(11, 19)}  `, dim: true },
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

function logLines({ logLines: lines }: RunDetail): Span[][] {
  return lines.slice(-SHOWN_LOG_LINES).map((line) => [{ text: plainText(line) }]);
}

function configurationLines({ run }: RunDetail): Span[][] {
  return pairLines(flatten(run.config, '').map(([key, value]) => [key, formatValue(value)]));
}

/** Nested objects as dotted keys; arrays are values. */
function flatten(value: object, prefix: string): (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? flatten(inner, `${prefix}${key}.`)
      : [[`${prefix}${key}`, inner] as const],
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

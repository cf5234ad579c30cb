import prettyBytes from 'pretty-bytes';
import type { ReactElement } from 'react';
import { isAtWork, isFinal, type RunState } from '../../core/run-folder/run-state.js';
import type { EpochRow } from '../../core/store/metric-queries.js';
import { beside, halves } from '../components/beside.js';
import { Lines } from '../components/line.js';
import { rule } from '../components/rule.js';
import type { RunDetail } from '../model/run-detail.js';
import type { ProcessUse } from '../model/process-use.js';
import type { TimeLeft } from '../model/time-left.js';
import { curveChart } from '../text/curve-chart.js';
import { formatCount, formatDuration, formatNll, formatTop1, plainText } from '../text/format.js';
import { clipSpans, joinParts, labelled, type Part, type Span, spansWidth } from '../text/spans.js';
import { STATE_COLORS, type Theme, useTheme } from '../theme.js';
import { formatCores } from './machine-parts.js';
import { runSections, type SectionData } from './run-sections.js';

/** What the run view shows. */
export interface RunViewProps extends SectionData {
  readonly left: TimeLeft | null;
  /** What its worker uses; null when none is seen on this machine. */
  readonly worker: ProcessUse | null;
  /** Lines that the sections are scrolled down. */
  readonly scroll: number;
  /** Told how far they can be. */
  readonly scrollLimit: { current: number };
  readonly isMarked: boolean;
  readonly width: number;
  readonly height: number;
}

/** Two lines say which run it is and how it stands. */
const HEAD_LINES = 2;
/** From this width on, curves stand beside the sections; else one beside the other above them. */
const WIDE = 96;
const NARROW_CHART_LINES = 8;
/** Cells that a reason needs to say anything. */
const LEAST_REASON = 8;

/** One run: its curves, and what there is to read of it. */
export function RunView(props: RunViewProps): ReactElement {
  const theme = useTheme();
  const { width, height } = props;
  const head = headLines(props, width, theme);
  const bodyHeight = height - HEAD_LINES;
  const body = width >= WIDE ? wideBody() : scrolled(narrowLines());
  return <Lines lines={[...head, ...body]} />;

  function scrolled(lines: readonly Span[][]): Span[][] {
    const { scroll, scrollLimit } = props;
    scrollLimit.current = Math.max(0, lines.length - bodyHeight);
    const start = Math.min(scroll, scrollLimit.current);
    return Array.from({ length: bodyHeight }, (_, row) => lines[start + row] ?? []);
  }

  function narrowLines(): Span[][] {
    const { epochs } = props.detail;
    if (epochs.length === 0) return runSections(props, width, theme);
    const [left, right] = halves(width);
    return [
      ...beside(
        chartLines('NLL', epochs, left, NARROW_CHART_LINES, theme),
        chartLines('TOP-1', epochs, right, NARROW_CHART_LINES, theme),
        left,
      ),
      ...runSections(props, width, theme),
    ];
  }

  function wideBody(): Span[][] {
    const { epochs } = props.detail;
    const [left, right] = halves(width);
    const upper = Math.ceil(bodyHeight / 2);
    const charts =
      epochs.length === 0
        ? [rule([{ text: 'No epoch yet', dim: true }], left, theme)]
        : [
            ...chartLines('NLL', epochs, left, upper, theme),
            ...chartLines('TOP-1', epochs, left, bodyHeight - upper, theme),
          ];
    return beside(charts, scrolled(runSections(props, right, theme)), left);
  }
}

function headLines(props: RunViewProps, width: number, theme: Theme): Span[][] {
  const { row, detail, left, worker, isMarked } = props;
  const { run } = detail;
  const ended = run.outcomeMessage ?? run.outcomeReason ?? '';
  const why = askedText(detail, row.state) ?? nextTryText(detail, row.state, ended) ?? ended;
  const isRetried = row.state === 'failed' && detail.nextTry !== null;
  const state: Part = [
    { text: isRetried ? 'retrying' : row.state, color: STATE_COLORS[row.state], bold: true },
  ];
  const marked: Span[] = isMarked ? [{ text: `${theme.mark} `, color: 'cyanBright' }] : [];
  const stateWidth = spansWidth(state);
  const named = joinParts(
    [
      [...marked, { text: plainText(row.name), bold: true, color: 'cyanBright' }],
      [{ text: run.id, dim: true }],
      ...(worker === null ? [] : [labelled('worker', workerText(worker))]),
    ],
    width - stateWidth - 2,
  );
  const room = width - spansWidth(named) - stateWidth - 4;
  const reason = clipSpans(
    [{ text: plainText(why), color: STATE_COLORS[row.state] }],
    room,
    theme.ellipsis,
  );
  const first = joinParts(
    [named, ...(why === '' || room < LEAST_REASON ? [] : [reason])],
    width,
    state,
  );
  const parts: Part[] = [
    labelled('epoch', `${row.epochs}/${row.maxEpochs ?? theme.noValue}`),
    ...(row.bestValNll === null ? [] : [labelled('val NLL', formatNll(row.bestValNll))]),
    ...(row.bestValTop1 === null ? [] : [labelled('top-1', formatTop1(row.bestValTop1))]),
    ...(run.testNll === null ? [] : [labelled('test NLL', formatNll(run.testNll))]),
    ...(row.state === 'running' && left !== null
      ? [labelled('left', `${theme.approximately}${formatDuration(left.seconds)}`)]
      : []),
    ...(run.totalSeconds === null ? [] : [labelled('took', formatDuration(run.totalSeconds))]),
    ...(run.attempts > 1 ? [labelled('attempt', formatCount(run.attempts))] : []),
    labelled('parameters', formatCount(row.parameters)),
  ];
  return [first, joinParts(parts, width)];
}

/** What somebody asked of the run and nobody has done yet; null when there is nothing. */
function askedText({ asked: { stop, isRetry } }: RunDetail, state: RunState): string | null {
  if (stop !== null && !isFinal(state))
    return stop === 'now' ? 'asked to stop now' : 'asked to stop after its epoch';
  return isRetry && !isAtWork(state) ? 'to be tried again' : null;
}

/** When a failed run is tried again by itself, and why it has to be; null when it is not. */
function nextTryText({ nextTry }: RunDetail, state: RunState, reason: string): string | null {
  if (nextTry === null || state !== 'failed') return null;
  const { at, number, of } = nextTry;
  return `next try ${at.slice(11, 19)}, ${number} of ${of}: ${reason}`;
}

function workerText({ cores, memoryBytes }: ProcessUse): string {
  const memory = prettyBytes(memoryBytes);
  return cores === null ? memory : `${formatCores(cores)} ${memory}`;
}

/** A titled chart of training and validation, the best epoch marked. */
function chartLines(
  metric: 'NLL' | 'TOP-1',
  epochs: readonly EpochRow[],
  width: number,
  height: number,
  theme: Theme,
): Span[][] {
  const isNll = metric === 'NLL';
  const best = epochs.reduce<EpochRow | undefined>(
    (low, epoch) => (low === undefined || epoch.valNll < low.valNll ? epoch : low),
    undefined,
  );
  if (best === undefined) return [];
  const value = isNll ? best.valNll : best.valTop1;
  const title: Span[] = [
    { text: metric, bold: true },
    { text: `  best ${isNll ? formatNll(value) : formatTop1(value)}`, dim: true },
    { text: '  validation', color: 'cyan' },
    { text: theme.isUnicode ? ' ━━' : ' **', color: 'cyan' },
    { text: '  training', color: 'yellow' },
    { text: theme.isUnicode ? ' ╌╌' : ' ..', color: 'yellow' },
  ];
  const points = (of: (epoch: EpochRow) => number): { x: number; y: number }[] =>
    epochs.map((epoch) => ({ x: epoch.epoch, y: of(epoch) }));
  const chart = curveChart(
    {
      curves: [
        {
          points: points((epoch) => (isNll ? epoch.trainNll : epoch.trainTop1)),
          color: 'yellow',
          isDotted: true,
          sign: '.',
        },
        {
          points: points((epoch) => (isNll ? epoch.valNll : epoch.valTop1)),
          color: 'cyan',
          sign: '*',
        },
      ],
      width,
      height: height - 1,
      formatY: isNll ? formatNll : formatTop1,
      markX: best.epoch,
    },
    theme,
  );
  return [rule(title, width, theme), ...chart];
}

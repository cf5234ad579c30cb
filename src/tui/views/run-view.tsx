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
import { clipMiddle } from '../text/cells.js';
import { curveChart } from '../text/curve-chart.js';
import {
  formatClock,
  formatCount,
  formatDuration,
  formatNll,
  formatTop1,
  plainText,
} from '../text/format.js';
import { joinParts, labelled, type Part, type Span, spansWidth } from '../text/spans.js';
import { wrapSpan } from '../text/wrap-span.js';
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

/** From this width on, curves stand beside the sections; else one beside the other above them. */
const WIDE = 96;
const LEAST_CHART_LINES = 8;
const MOST_REASON_LINES = 3;

/** One run: which it is and how it stands, its curves, and what there is to read of it. */
export function RunView(props: RunViewProps): ReactElement {
  const theme = useTheme();
  const { width, height } = props;
  const head = headLines(props, width, theme);
  const bodyHeight = height - head.length;
  const { epochs } = props.detail;
  const body = epochs.length > 0 && width >= WIDE ? wideBody() : scrolled(narrowLines());
  return <Lines lines={[...head, ...body]} />;

  function scrolled(lines: readonly Span[][]): Span[][] {
    const { scroll, scrollLimit } = props;
    scrollLimit.current = Math.max(0, lines.length - bodyHeight);
    const start = Math.min(scroll, scrollLimit.current);
    return Array.from({ length: bodyHeight }, (_, row) => lines[start + row] ?? []);
  }

  /** Without a curve the sections have the whole width, on a wide screen too. */
  function narrowLines(): Span[][] {
    if (epochs.length === 0) return runSections(props, { width, height: bodyHeight }, theme);
    const [left, right] = halves(width);
    const lines = Math.max(LEAST_CHART_LINES, Math.floor(bodyHeight / 3));
    return [
      ...beside(
        chartLines('NLL', epochs, left, lines, theme),
        chartLines('TOP-1', epochs, right, lines, theme),
        left,
      ),
      ...runSections(props, { width, height: bodyHeight }, theme),
    ];
  }

  function wideBody(): Span[][] {
    const [left, right] = halves(width);
    const upper = Math.ceil(bodyHeight / 2);
    const charts = [
      ...chartLines('NLL', epochs, left, upper, theme),
      ...chartLines('TOP-1', epochs, left, bodyHeight - upper, theme),
    ];
    return beside(
      charts,
      scrolled(runSections(props, { width: right, height: bodyHeight }, theme)),
      left,
    );
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
  const named = joinParts(
    [
      [...marked, { text: shownName(row.name), bold: true, color: 'cyanBright' }],
      [{ text: run.id, dim: true }],
      ...(worker === null ? [] : [labelled('worker', workerText(worker))]),
    ],
    width - spansWidth(state) - 2,
  );
  const reason: Span = { text: plainText(why), color: STATE_COLORS[row.state] };
  const isBeside = spansWidth([...named, reason, ...state]) + 4 <= width;
  const first = joinParts([named, ...(isBeside && why !== '' ? [[reason]] : [])], width, state);
  // Why a run is not completed is worth lines of its own where it does not fit beside the name.
  const isBelow = !isBeside && row.state !== 'completed';
  const below = isBelow ? wrapSpan(reason, width, MOST_REASON_LINES, theme.ellipsis) : [];
  const parts: Part[] = [
    ...(row.kind === 'train'
      ? [labelled('epoch', `${row.epochs}/${row.maxEpochs ?? theme.noValue}`)]
      : []),
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
  return [first, ...below, joinParts(parts, width)];

  function shownName(name: string): string {
    const room = width - spansWidth(state) - 2 - spansWidth(marked);
    return clipMiddle(plainText(name), room, theme.ellipsis);
  }
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
  return `next try ${formatClock(at)}, ${number} of ${of}: ${reason}`;
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
      xLabel: 'epoch',
      formatY: isNll ? formatNll : formatTop1,
      markX: best.epoch,
    },
    theme,
  );
  return [rule(chartTitle(metric, best, width, theme), width, theme), ...chart];
}

/** The widest title that has room over both charts: they say it in the same words. */
function chartTitle(
  metric: 'NLL' | 'TOP-1',
  best: EpochRow,
  width: number,
  theme: Theme,
): readonly Span[] {
  const ofNll = chartTitles('NLL', best.valNll, theme);
  const ofTop1 = chartTitles('TOP-1', best.valTop1, theme);
  const fits = (title: readonly Span[] | undefined): boolean =>
    spansWidth(title ?? []) <= width - 4;
  const widest = ofNll.findIndex((title, index) => fits(title) && fits(ofTop1[index]));
  return (metric === 'NLL' ? ofNll : ofTop1).at(widest) ?? [];
}

/** Titles with the legend of the curves, the widest first: whatever is left out, the legend stays whole. */
function chartTitles(metric: 'NLL' | 'TOP-1', best: number, theme: Theme): Span[][] {
  const isNll = metric === 'NLL';
  const value = isNll ? formatNll(best) : formatTop1(best);
  const unit = isNll ? 'nats per text' : 'share of positions';
  const name: Span = { text: metric, bold: true };
  const legend = (validation: string, training: string): Span[] => [
    { text: `  ${validation}`, color: 'cyan' },
    { text: theme.isUnicode ? ' ━━' : ' **', color: 'cyan' },
    { text: `  ${training}`, color: 'yellow' },
    { text: theme.isUnicode ? ' ╌╌' : ' ..', color: 'yellow' },
  ];
  const inFull = legend('validation', 'training');
  const inShort = legend('val', 'train');
  return [
    [name, { text: ` (${unit})  best ${value}`, dim: true }, ...inFull],
    [name, { text: `  best ${value}`, dim: true }, ...inFull],
    [name, { text: ` best ${value}`, dim: true }, ...inShort],
    [name, ...inShort],
  ];
}

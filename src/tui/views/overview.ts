import { steadyMs } from '../../core/run-folder/steady-clock.js';
import { RUN_STATES, type RunState } from '../../core/run-folder/run-state.js';
import type { Coordination } from '../actions.js';
import type { TerminalSize } from '../hooks/use-terminal-size.js';
import type { Overview as OverviewData } from '../model/overview.js';
import { progressBar } from '../text/bars.js';
import { cellWidth, clip, clipMiddle } from '../text/cells.js';
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatNll,
  formatTop1,
  plainText,
} from '../text/format.js';
import { joinParts, labelled, type Part, type Span, spansWidth, wrapParts } from '../text/spans.js';
import { STATE_COLORS, type Theme } from '../theme.js';
import { machineParts } from './machine-parts.js';
import { stateLetter } from './run-columns.js';

/** From so many rows on, all devices are told, on as many lines as they take. */
const TALL_ROWS = 24;
const MOST_MACHINE_LINES = 4;
/** Cells in which a name still says something. */
const LEAST_NAME = 10;

/** The sweep in a few lines: what it is, where its runs stand, how fast it goes on what, and the best so far. */
export function overviewLines(
  overview: OverviewData,
  coordination: Coordination,
  { columns: width, rows }: TerminalSize,
  theme: Theme,
): Span[][] {
  const { machine } = overview;
  return [
    titleLine(overview, coordination, width, theme),
    statesLine(overview, width, theme),
    paceLine(overview, coordination, width, theme),
    ...(machine === null
      ? []
      : wrapParts(machineParts(machine, theme), width, rows < TALL_ROWS ? 1 : MOST_MACHINE_LINES)),
    bestLine(overview, width, theme),
  ];
}

function titleLine(
  { sweep, live, states, runs, isCounted }: OverviewData,
  { isPaused, jobs, stop }: Coordination,
  width: number,
  theme: Theme,
): Span[] {
  const { text, color } = standing();
  const atOnce: Span[] = jobs === null ? [] : [{ text: `jobs ${jobs}  `, dim: true }];
  const right: Span[] = [...atOnce, { text, color, bold: true }];
  const room = width - spansWidth(right) - 2;
  const name = clip(plainText(sweep.name), room, theme.ellipsis);
  const left = room - cellWidth(name) - 2;
  const title = clip(plainText(sweep.title ?? ''), left, theme.ellipsis);
  const parts: Part[] = [[{ text: name, bold: true, color: 'cyanBright' }]];
  if (left >= LEAST_NAME) parts.push([{ text: title }]);
  return joinParts(parts, width, right);

  function standing(): Pick<Span, 'text' | 'color'> {
    if (stop !== null && live.length > 0) return { text: 'stopping', color: 'yellow' };
    if (isPaused) return { text: 'paused', color: 'yellow' };
    if (live.length > 0) return { text: `${live.length} at work`, color: 'cyan' };
    if ((states.get('completed') ?? 0) + (states.get('diverged') ?? 0) === runs)
      return { text: 'finished', color: 'green' };
    return { text: isCounted ? 'nothing runs' : '', color: 'gray' };
  }
}

function statesLine(
  { states, runs, isCounted }: OverviewData,
  width: number,
  theme: Theme,
): Span[] {
  if (!isCounted)
    return joinParts([[{ text: `counting ${formatCount(runs)} runs${theme.ellipsis}` }]], width);
  const ended = (states.get('completed') ?? 0) + (states.get('diverged') ?? 0);
  const share = runs === 0 ? 0 : ended / runs;
  const percent = `${Math.floor(share * 100)}%`.padStart(5);
  const done = `${percent} of ${formatCount(runs)}`;
  const inWords = stateParts(states, (state) => state);
  const room = width - done.length;
  const parts = widthOf(inWords) <= room ? inWords : stateParts(states, stateLetter);
  // The bar takes what the words leave.
  const words = widthOf(parts);
  const barWidth = Math.min(30, Math.max(0, room - words));
  const right: Part = [
    { text: progressBar(share, barWidth, theme), color: 'green' },
    { text: done },
  ];
  return joinParts(parts, width, right);
}

function stateParts(states: OverviewData['states'], nameOf: (state: RunState) => string): Part[] {
  return RUN_STATES.filter((state) => (states.get(state) ?? 0) > 0).map((state) => [
    { text: formatCount(states.get(state) ?? 0), color: STATE_COLORS[state], bold: true },
    { text: ` ${nameOf(state)}`, color: STATE_COLORS[state] },
  ]);
}

/** Cells of parts with a gap behind each. */
function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + spansWidth(part) + 2, 0);
}

function paceLine(
  overview: OverviewData,
  { begunMs }: Coordination,
  width: number,
  theme: Theme,
): Span[] {
  const { workedSeconds, timeLeft, tokensPerSecond, live } = overview;
  const parts: Part[] = [];
  if (begunMs !== null && live.length > 0)
    parts.push(labelled('elapsed', formatDuration((steadyMs() - begunMs) / 1000)));
  if (timeLeft !== null) parts.push(timeLeftPart(timeLeft, theme));
  if (tokensPerSecond !== null)
    parts.push(labelled('speed', `${formatCompact(tokensPerSecond)} tokens/s`));
  if (live.length === 0 && overview.isCounted)
    parts.push(labelled('worked', formatDuration(workedSeconds)));
  return joinParts(parts, width);
}

/** The guess, and the bounds where they tell more than the guess. */
function timeLeftPart(
  { seconds, low, high }: NonNullable<OverviewData['timeLeft']>,
  theme: Theme,
): Part {
  const range = `${formatDuration(low)}${theme.range}${formatDuration(high)}`;
  if (seconds === high && low < high)
    return labelled('left', `${theme.atMost}${formatDuration(high)}`);
  const bounds: Span[] = low === high ? [] : [{ text: ` (${range})`, dim: true }];
  return [...labelled('left', `${theme.approximately}${formatDuration(seconds)}`), ...bounds];
}

function bestLine(
  { best, objective, isCounted }: OverviewData,
  width: number,
  theme: Theme,
): Span[] {
  const goal = { text: `${objective.goal} ${objective.metric}`, dim: true };
  if (best === null)
    return joinParts([labelled('best', isCounted ? theme.noValue : theme.ellipsis)], width, [goal]);
  const format = objective.metric.endsWith('top1') ? formatTop1 : formatNll;
  const value = labelled(objective.metric, format(best.value));
  const label: Span = { text: 'best ', dim: true };
  // The name gives way to its value.
  const room = Math.max(LEAST_NAME, width - spansWidth([label, ...value]) - 2);
  const name = clipMiddle(plainText(best.name), room, theme.ellipsis);
  const parts: Part[] = [[label, { text: name, bold: true }], value];
  if (best.bestValNll !== null && objective.metric !== 'val.nll')
    parts.push(labelled('val.nll', formatNll(best.bestValNll)));
  if (best.bestValTop1 !== null && objective.metric !== 'val.top1')
    parts.push(labelled('val.top1', formatTop1(best.bestValTop1)));
  if (best.bestEpoch !== null) parts.push(labelled('epoch', `${best.bestEpoch}`));
  parts.push(labelled('parameters', formatCount(best.parameters)));
  return joinParts(parts, width, width < 90 ? [] : [goal]);
}

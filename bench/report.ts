import type { Session } from './session.js';
import { isMet, type Row } from './row.js';

/** The results as a page; every number in it was measured by the runs that wrote it. */
export function report(sessions: readonly Session[]): string {
  return [
    '# Results of the benchmark',
    '',
    'Written by `npm run bench`; what is behind the numbers is in [README.md](README.md).',
    '',
    ...sessions.flatMap(sectionOf),
  ].join('\n');
}

function sectionOf({ machine, rows, threads, rounds, clock }: Session): readonly string[] {
  const { date, processor, cores, memoryGiB, node, onnxruntime, torch } = machine;
  const missed = rows.filter((row) => isMet(row) === false);
  return [
    `## ${date}: ${clock} time, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    '',
    `${processor}, ${cores} cores, ${memoryGiB} GiB; Node ${node}, ONNX Runtime ${onnxruntime}, ` +
      `PyTorch ${torch ?? 'absent'}; medians of ${rounds} turns; ` +
      `load average ${machine.loadBefore.toFixed(1)} before and ${machine.loadAfter.toFixed(1)} after.`,
    '',
    '| what | budget | measured | target | met | medians |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(tableRow),
    '',
    missed.length === 0
      ? 'Every target that was measured is met.'
      : `Missed: ${missed.map((row) => `${row.what} of ${row.budget} by ${distance(row)}`).join('; ')}.`,
    '',
  ];
}

function tableRow(row: Row): string {
  const { what, budget, value, unit, target, bound } = row;
  const met = isMet(row);
  const cells = [
    what,
    budget,
    value === null ? '–' : format(value, unit),
    target === null ? '' : `${bound} ${format(target, unit)}`,
    met === null ? '' : met ? 'yes' : 'no',
    Object.entries(row.milliseconds)
      .map(([who, time]) => `${who} ${time.toFixed(0)} ms`)
      .join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function format(value: number, unit: Row['unit']): string {
  switch (unit) {
    case 'times':
      return value.toFixed(2);
    case 'share':
      return `${(100 * value).toFixed(0)} %`;
    case 'bytes':
      return `${(value / 1e9).toFixed(2)} GB`;
    case 'seconds':
      return `${value.toFixed(2)} s`;
  }
}

function distance({ value, target }: Row): string {
  const share = value === null || target === null ? Number.NaN : Math.abs(value / target - 1);
  return `${(100 * share).toFixed(0)} %`;
}

import { readMachine } from '../../core/engine/machine.js';
import { pc } from '../colors.js';
import { checkPlan } from '../design-notes.js';
import { memoryNotes } from '../memory-notes.js';
import { plainText } from '../plain-text.js';
import { print, printJson } from '../output.js';
import { planFile, type PlanFileOptions, planOrPreviewFile } from '../plan-file.js';
import { planJson } from '../plan-json.js';
import { formatPlan } from '../plan-table.js';

/** Options of `sweep plan`. */
export interface PlanOptions extends PlanFileOptions {
  /** Show every run of a large plan. */
  readonly all?: true | undefined;
  readonly json?: true | undefined;
}

/** Columns where stdout is no terminal. */
const DEFAULT_WIDTH = 120;
/** Rows shown of a large plan. */
const SHOWN_RUNS = 20;

/** `sweep plan FILE`. @throws SweepError `bad-definition` with everything that is wrong with the file */
export async function runPlan(file: string, options: PlanOptions): Promise<void> {
  const plan =
    options.all === true
      ? await planFile(file, options)
      : await planOrPreviewFile(file, options, SHOWN_RUNS);
  if (options.json === true) {
    printJson(planJson(plan));
    return;
  }
  const rows = options.all === true ? Infinity : SHOWN_RUNS;
  print(formatPlan(plan, { width: process.stdout.columns || DEFAULT_WIDTH, rows }));
  const notes = [
    ...memoryNotes(plan.runs, readMachine().memoryBytes),
    ...(checkPlan(plan)?.notes ?? []),
  ];
  if (notes.length > 0) print(notes.map((note) => pc.dim(`note: ${plainText(note)}`)).join('\n'));
}

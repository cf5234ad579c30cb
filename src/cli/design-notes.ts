import { checkDesign, type DesignCheck } from '../analysis/design/check-design.js';
import type { PlanPreview, SweepPlan } from '../sweeps/plan/plan.js';

/** What no analysis of a plan's runs can tell; null for a sweep that is too large to look at each run, unless `--all`. */
export function checkPlan(plan: SweepPlan | PlanPreview): DesignCheck | null {
  if (!('totals' in plan)) return null;
  return checkDesign(
    plan.runs.flatMap((run) => (run.status === 'waiting' ? [] : [{ ...run, trainingTexts: null }])),
  );
}

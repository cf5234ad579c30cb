import type { RunStyle } from './palette.js';

/** Splits that are scored after each epoch, as they are called in a figure. */
export const SPLITS = ['validation', 'training'] as const;
export type Split = (typeof SPLITS)[number];

/** Scores after one epoch; NLL in nats per text, top-1 as a share. */
export interface CurvePoint {
  readonly epoch: number;
  readonly trainNll: number;
  readonly trainTop1: number;
  readonly valNll: number;
  readonly valTop1: number;
}

/** One run as the figures need it. */
export interface RunCurve {
  /** Unique within a figure. */
  readonly name: string;
  /** Null for one of very many runs, which is drawn in grey behind those that have a style. */
  readonly style: RunStyle | null;
  /** Epoch of the best checkpoint; null when there is none. */
  readonly bestEpoch: number | null;
  /** In the order of the epochs. */
  readonly points: readonly CurvePoint[];
}

/** A run that has colour and shape of its own. */
export type StyledCurve = RunCurve & { readonly style: RunStyle };

/** The runs of a figure that have an epoch: those with a style of their own, and the others. */
export function drawnCurves(curves: readonly RunCurve[]): {
  readonly styled: readonly StyledCurve[];
  readonly others: readonly RunCurve[];
} {
  const drawn = curves.filter((curve) => curve.points.length > 0);
  const isStyled = (curve: RunCurve): curve is StyledCurve => curve.style !== null;
  return { styled: drawn.filter(isStyled), others: drawn.filter((curve) => !isStyled(curve)) };
}

/** A run with more epochs than this is drawn as a line without a mark at each epoch. */
const MAX_MARKED_EPOCHS = 40;

/**
 * Whether each epoch of a line gets a mark. Training lines get none, so that they stay behind the validation, except for
 * a run of one epoch: it has no line and would be invisible.
 */
export function hasMarks(curve: RunCurve, split: Split): boolean {
  if (split === 'training') return curve.points.length === 1;
  return curve.points.length <= MAX_MARKED_EPOCHS;
}

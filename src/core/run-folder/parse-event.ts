import { eventSchema, type RunEvent } from './event.js';

/**
 * Checks an event; what {@link eventSchema} says, sooner. Nearly all lines of a log are epochs, and checking them with a
 * general schema is most of the time of reading it: an epoch of the usual form is checked by hand, all else by the schema.
 *
 * @throws z.ZodError when it is no event of this version
 */
export function parseEvent(value: unknown): RunEvent {
  return parseUsualEpoch(value) ?? eventSchema.parse(value);
}

const FIELDS = 12;

/** A copy with the fields in the order of the schema; null for what the schema has to look at. */
function parseUsualEpoch(value: unknown): Extract<RunEvent, { type: 'epoch' }> | null {
  if (!isRecord(value) || value['type'] !== 'epoch') return null;
  const { seq, time, epoch, step, improved } = value;
  const train = parseScores(value['train']);
  const val = parseScores(value['val']);
  const { trainSeconds, evaluateSeconds, textsPerSecond, stepSeconds } = value;
  return isCount(seq) &&
    seq > 0 &&
    typeof time === 'string' &&
    USUAL_TIME.test(time) &&
    isCount(epoch) &&
    isCount(step) &&
    train !== null &&
    val !== null &&
    typeof improved === 'boolean' &&
    isFiniteNumber(trainSeconds) &&
    isFiniteNumber(evaluateSeconds) &&
    isFiniteNumber(textsPerSecond) &&
    isFiniteNumber(stepSeconds) &&
    countKeys(value) === FIELDS
    ? // prettier-ignore
      {
        seq, time, type: 'epoch', epoch, step, train, val, improved,
        trainSeconds, evaluateSeconds, textsPerSecond, stepSeconds,
      }
    : null;
}

/** As `Date.toISOString` writes it, without the days that not every year or month has. */
const USUAL_TIME =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function parseScores(value: unknown): { readonly nll: number; readonly top1: number } | null {
  if (!isRecord(value)) return null;
  const { nll, top1 } = value;
  return isFiniteNumber(nll) && isFiniteNumber(top1) && countKeys(value) === 2
    ? { nll, top1 }
    : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function countKeys(value: object): number {
  return Object.keys(value).length;
}

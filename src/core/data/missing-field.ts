import { quoteValue, SweepError } from '../errors.js';

/** The error for a field that the data does not have, with those that it has. */
export function missingField(
  field: string,
  existing: readonly string[],
  where: string,
): SweepError {
  const names = existing.map((name) => quoteValue(name)).join(', ');
  return new SweepError('bad-data', {
    where,
    message: `has no field ${quoteValue(field)}`,
    fix: `It has ${names === '' ? 'no fields' : names}: name one or more of them in dataset.fields.`,
  });
}

import { z } from 'zod';
import { FIELDS, GROUPS, type Field } from './fields.js';

type Shape = Record<string, z.ZodType>;

/**
 * Shape of a mapping that may set any field below a group, nested (`model: { heads: 5 }`), dotted (`model.heads: 5`)
 * or mixed; every key may be left out.
 *
 * @param group dotted name of the group; empty for all fields
 */
export function overridesShape(group = ''): Shape {
  return shapeOf(group, valueOf);
}

/** Shape of `grid` and `zip`: as {@link overridesShape}, but each field holds the list of values it takes. */
export function axesShape(): Shape {
  return shapeOf('', (field) =>
    z
      .array(valueOf(field))
      .min(1)
      .describe(`Values of ${field.key}. ${field.description ?? ''}`.trim()),
  );
}

function shapeOf(group: string, leaf: (field: Field) => z.ZodType): Shape {
  const prefix = group === '' ? '' : `${group}.`;
  const shape: Shape = {};
  for (const [name, description] of GROUPS) {
    if (!name.startsWith(prefix)) continue;
    const nested = z.strictObject(shapeOf(name, leaf));
    shape[name.slice(prefix.length)] = (
      description === undefined ? nested : nested.describe(description)
    ).optional();
  }
  for (const field of FIELDS.values())
    if (field.key.startsWith(prefix))
      shape[field.key.slice(prefix.length)] = leaf(field).optional();
  return shape;
}

/** The field's schema with its description and default as annotations only: nothing is filled in. */
function valueOf(field: Field): z.ZodType {
  return field.schema.meta({
    ...(field.description === undefined ? {} : { description: field.description }),
    ...(field.default === undefined ? {} : { default: field.default }),
  });
}

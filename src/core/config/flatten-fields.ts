/** The fields of nested objects under dotted keys, such as `model.heads`, in their order; a list is one value. */
export function flattenFields(value: object, prefix = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, field] of Object.entries(value) as [string, unknown][]) {
    const path = `${prefix}${key}`;
    if (typeof field === 'object' && field !== null && !Array.isArray(field))
      for (const [inner, one] of flattenFields(field, `${path}.`)) fields.set(inner, one);
    else if (field !== undefined) fields.set(path, field);
  }
  return fields;
}

/** The fields of a configuration as dotted keys, in their order; a list is one value, an undefined field is none. */
export function flattenConfiguration(value: object, prefix = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, field] of Object.entries(value) as [string, unknown][]) {
    const path = `${prefix}${key}`;
    if (typeof field === 'object' && field !== null && !Array.isArray(field)) {
      for (const [inner, text] of flattenConfiguration(field, `${path}.`)) fields.set(inner, text);
    } else if (field !== undefined) {
      fields.set(path, field);
    }
  }
  return fields;
}

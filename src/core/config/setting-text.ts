/** What `null` means where a field can be it. */
const WITHOUT_VALUE: Readonly<Record<string, string>> = { 'dataset.limit': 'all' };

/**
 * A value of a configuration as a reader is shown it: a text as it is, anything else as JSON, `null` by its meaning.
 *
 * @param key dotted, such as `dataset.limit`
 */
export function settingText(key: string, value: unknown): string {
  if (value === null) return WITHOUT_VALUE[key] ?? 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

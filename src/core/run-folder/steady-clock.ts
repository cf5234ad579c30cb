/**
 * Milliseconds since some moment before all processes of this host began: the same clock for all of them, which nobody
 * can set, and which stands still while the machine sleeps. For anything that asks how long ago; `Date` is for readers.
 */
export function steadyMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

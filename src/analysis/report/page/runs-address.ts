const BEFORE = '#run-';

/** What a link to the details of runs has as its address. */
export function runsAddress(ids: readonly string[]): string {
  return BEFORE + ids.join(',');
}

/** The ids of the runs that a link leads to; null for any other link. */
export function runsOfAddress(address: string): readonly string[] | null {
  return address.startsWith(BEFORE) ? address.slice(BEFORE.length).split(',') : null;
}

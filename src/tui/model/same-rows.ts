/**
 * Gives out the object that it gave out before for a row that is still the same, so that what is drawn of it need not
 * be made again.
 */
export class SameRows<T extends { readonly position: number }> {
  #kept = new Map<number, { readonly text: string; readonly row: T }>();

  of(rows: readonly T[]): T[] {
    const next = new Map<number, { readonly text: string; readonly row: T }>();
    for (const row of rows) {
      const text = JSON.stringify(row);
      const before = this.#kept.get(row.position);
      next.set(row.position, before?.text === text ? before : { text, row });
    }
    this.#kept = next;
    return [...next.values()].map(({ row }) => row);
  }
}

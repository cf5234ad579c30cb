import type { SourceRows } from '../source.js';

/** A text for each line; lines without any character are no texts. */
export function parseLines(content: string): SourceRows {
  const lines = content.split(/\r?\n/u).filter((line) => line !== '');
  return { rows: lines.map((line) => [line]), warnings: [] };
}

/** Lines kept beside those on the screen before the store is tidied up: some screens' worth. */
const MOST_UNUSED = 1000;

/**
 * The finished lines of a screen in blocks, each under a short token. Ink lays the tokens out; what they stand for is
 * put in their place when the frame is painted.
 *
 * Ink takes what it is given apart into cells and puts it together again for each frame, which costs most of a core on
 * a large screen: docs/decisions/0016.
 */
export class LineStore {
  readonly #blocks = new Map<string, readonly string[]>();
  #made = 0;
  #size = 0;

  /** A text as tall as a block of lines, with a token of it on the first. */
  standIn(lines: readonly string[]): string {
    this.#made += 1;
    const token = this.#made.toString(36);
    this.#blocks.set(token, lines);
    this.#size += lines.length;
    return token + '\n'.repeat(lines.length - 1);
  }

  /** The lines that a frame of tokens stands for. Blocks of which it has none are forgotten in time. */
  expand(frame: string): string[] {
    const shown = frame.split('\n');
    const lines: string[] = [];
    for (let token = shown[lines.length]; token !== undefined; token = shown[lines.length])
      lines.push(...(this.#blocks.get(token) ?? [token]));
    if (this.#size > shown.length + MOST_UNUSED) this.#keepOnly(new Set(shown));
    return lines;
  }

  #keepOnly(used: ReadonlySet<string>): void {
    for (const [token, lines] of this.#blocks) {
      if (used.has(token)) continue;
      this.#blocks.delete(token);
      this.#size -= lines.length;
    }
  }
}

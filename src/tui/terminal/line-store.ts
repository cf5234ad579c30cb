/** Lines kept beside those on the screen before the store is tidied up: some screens' worth. */
const MOST_UNUSED = 1000;

/**
 * The finished lines of a screen, each under a short token. Ink lays the tokens out; what they stand for is put in
 * their place when the frame is painted.
 *
 * Ink takes what it is given apart into cells and puts it together again for each frame, which costs most of a core on
 * a large screen: docs/decisions/0016.
 */
export class LineStore {
  readonly #tokens = new Map<string, string>();
  readonly #lines = new Map<string, string>();
  #made = 0;

  /** The token of a line: the same for the same line, for as long as that is on the screen. */
  tokenOf(line: string): string {
    const known = this.#tokens.get(line);
    if (known !== undefined) return known;
    this.#made += 1;
    const token = this.#made.toString(36);
    this.#tokens.set(line, token);
    this.#lines.set(token, line);
    return token;
  }

  /** The lines that a frame of tokens, one to a line, stands for. Tokens that it does not have are forgotten in time. */
  expand(frame: string): string[] {
    const tokens = frame.split('\n');
    const lines = tokens.map((token) => this.#lines.get(token) ?? token);
    if (this.#lines.size > tokens.length + MOST_UNUSED) this.#keepOnly(new Set(tokens));
    return lines;
  }

  #keepOnly(used: ReadonlySet<string>): void {
    for (const [token, line] of this.#lines) {
      if (used.has(token)) continue;
      this.#lines.delete(token);
      this.#tokens.delete(line);
    }
  }
}

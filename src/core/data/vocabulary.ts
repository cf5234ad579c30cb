/** Symbols of the study: 0 pad, 1-26 the letters a-z, 27 space, 28 cls (the start of a text). */
export const VOCABULARY_SIZE = 29;
/** Fills a text up to its fixed length. */
export const PAD = 0;
/** Stands for the space, and for every character that is none of a-z. */
export const SPACE = 27;
/** Stands before the first character of each text. */
export const CLS = 28;

const CODE_OF_A = 97;
const LETTERS = 26;

/** The symbols by their numbers, for other programs: letters and space as themselves, the others by name. */
export const VOCABULARY: readonly string[] = [
  '<pad>',
  ...'abcdefghijklmnopqrstuvwxyz'.split(''),
  ' ',
  '<cls>',
];

/**
 * One text as symbols: cls, then its characters, then pad up to `tokens`; a longer text is cut.
 *
 * A character outside a-z (an upper-case letter, a digit, a letter with a diacritic) becomes a space. With the default
 * cleaning none is left.
 */
export function encodeText(text: string, tokens: number): Uint8Array {
  const symbols = new Uint8Array(tokens);
  writeSymbols(text, symbols);
  return symbols;
}

/** All texts as symbols, one after the other: [texts, tokens], flat. */
export function encodeTexts(texts: readonly string[], tokens: number): Int32Array {
  const symbols = new Int32Array(texts.length * tokens);
  texts.forEach((text, index) => {
    writeSymbols(text, symbols.subarray(index * tokens, (index + 1) * tokens));
  });
  return symbols;
}

/** The text of a row of symbols: it ends at the first pad; cls is dropped wherever a model put it. */
export function decodeTokens(ids: ArrayLike<number>): string {
  let text = '';
  for (let index = 0; index < ids.length; index++) {
    const symbol = ids[index];
    if (symbol === undefined || symbol === PAD) break;
    if (symbol !== CLS) text += characterOf(symbol);
  }
  return text;
}

function writeSymbols(text: string, target: Uint8Array | Int32Array): void {
  if (target.length === 0) return;
  target[0] = CLS;
  let position = 1;
  for (const character of text) {
    if (position >= target.length) return;
    target[position++] = symbolOf(character);
  }
}

function symbolOf(character: string): number {
  const letter = character.charCodeAt(0) - CODE_OF_A;
  return letter >= 0 && letter < LETTERS ? letter + 1 : SPACE;
}

function characterOf(symbol: number): string {
  return symbol > LETTERS ? ' ' : String.fromCharCode(CODE_OF_A + symbol - 1);
}

/** Signs that this program writes, in ASCII. */
const ASCII: ReadonlyMap<string, string> = new Map([
  ['–', '-'],
  ['−', '-'],
  ['…', '...'],
  ['±', '+-'],
  ['→', '->'],
  ['≈', '~'],
  ['≤', '<='],
  ['×', 'x'],
  ['\u202f', ' '],
  ['\u00a0', ' '],
]);

const SIGNS = new RegExp(`[${[...ASCII.keys()].join('')}]`, 'gu');

/** A text for a terminal whose locale is not UTF-8; names and texts of the user in other scripts stay as they are. */
export function asciiSigns(text: string): string {
  return text.replaceAll(SIGNS, (sign) => ASCII.get(sign) ?? sign);
}

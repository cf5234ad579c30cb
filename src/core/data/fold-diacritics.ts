/**
 * Latin letters that Unicode does not decompose into a base letter and marks. Ligatures fold to one letter (æ → a, as
 * in the reference study; œ → o by the same rule); letters of a sound of their own to the usual spelling (ß → ss,
 * þ → th).
 */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  æ: 'a',
  œ: 'o',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŀ: 'l',
  ŉ: 'n',
  ŋ: 'n',
  ß: 'ss',
  þ: 'th',
  ŧ: 't',
  ə: 'e',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
};

const MARKS = /\p{M}+/gu;
const BEYOND_ASCII = /[^\p{ASCII}]/u;
const ALL_BEYOND_ASCII = /[^\p{ASCII}]/gu;

/**
 * Every Latin letter with a diacritic, ligature or compatibility form as its base letter: é → e, å → a, ø → o, ﬁ → fi.
 *
 * Marks are stripped after NFKD; what Unicode keeps whole is looked up. The reference folds only é, í, á, æ and ä;
 * this folds all, so that no word is lost for its accent. Letters of other scripts stay (without their marks).
 */
export function foldDiacritics(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  return text
    .replace(ALL_BEYOND_ASCII, foldLetter) // before NFKD, which would leave a dot of ŀ and a quote of ŉ
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(ALL_BEYOND_ASCII, foldLetter); // after it for the base letter of ǽ and ǿ
}

function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  const folded = UNDECOMPOSED[lower];
  if (folded === undefined) return letter;
  return lower === letter ? folded : folded.charAt(0).toUpperCase() + folded.slice(1);
}

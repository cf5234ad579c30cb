/** Clitics that English writes to the word before them, as the Penn Treebank splits them: it's → it 's, don't → do n't. */
const CLITIC = /^(.+?)(n't|'s|'re|'ve|'ll|'d|'m)$/iu;
/** An abbreviation such as U.S. or e.g., whose full stops belong to it. */
const ABBREVIATION = /^(?:\p{L}\.){2,}$/u;
/** Most words; nothing has to be taken off them. */
const PLAIN = /^[a-z]+$/i;
const LEADING = /^[^\p{L}\p{N}]+/u;
const TRAILING = /[^\p{L}\p{N}]+$/u;
const SINGLE_QUOTES = /[‘’ʼ`´]/gu;
/** Marks that separate words even without a space, and dashes wider than a hyphen; not in 1,200 or 10:30. */
const SEPARATORS = /[–—…/|"“”«»()[\]{}<>;!?]+|(?<!\p{N})[,:]|[,:](?!\p{N})/gu;

/**
 * Words of a text in order, without the punctuation between them.
 *
 * A hyphen, a point or a digit inside a word stays in it (`cease-fire`, `U.S.`, `5G`), so that a later step that wants
 * purely alphabetic words drops the whole word instead of keeping half of it.
 *
 * @example tokenizeWords("Bank's chief: “rates won't rise”") // ['Bank', "'s", 'chief', 'rates', 'wo', "n't", 'rise']
 */
export function tokenizeWords(text: string): string[] {
  const words: string[] = [];
  const plain = text.replace(SINGLE_QUOTES, "'").replace(SEPARATORS, ' ');
  for (const chunk of plain.split(/\s+/u)) {
    if (PLAIN.test(chunk)) {
      words.push(chunk);
      continue;
    }
    const word = trimPunctuation(chunk);
    if (word === '') continue;
    const [, stem, clitic] = CLITIC.exec(word) ?? [];
    if (stem === undefined || clitic === undefined) words.push(word);
    else words.push(stem, clitic);
  }
  return words;
}

function trimPunctuation(chunk: string): string {
  const start = chunk.replace(LEADING, '');
  return ABBREVIATION.test(start) ? start : start.replace(TRAILING, '');
}

/** Words of a list that is written with spaces between them. */
export function parseWords(list: string): readonly string[] {
  return list.split(/\s+/u).filter((word) => word !== '');
}

/** Phrases of a list that is written with commas between them. */
export function parsePhrases(list: string): readonly string[] {
  return list
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/gu, ' '))
    .filter((phrase) => phrase !== '');
}

import { visibleLine } from '../../tables/markdown-text.js';
import { ACCENTS, JOINING, SPECIAL, SYMBOLS } from './latex-characters.js';

/**
 * Any text for LaTeX that shows exactly this text: no command, no group, no comment and no formula can begin or end in it.
 * It needs no font beyond those of LaTeX; a character that they lack is named: `[U+4E2D]`.
 */
export function escapeLatex(text: string): string {
  const line = visibleLine(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '));
  const characters = Array.from(line.normalize('NFC'));
  return characters
    .map((character, index) => {
      const joins = JOINING.includes(character) && characters[index + 1] === character;
      return joins ? `${character}{}` : escapeCharacter(character);
    })
    .join('');
}

/** A line of code or of a sampled text, with all of its spaces. */
export function codeLine(text: string): string {
  return escapeLatex(text.replaceAll('\t', '  ')).replaceAll(' ', '\\ ');
}

/** A comment to the end of its line; what follows it must begin a new one. */
export function latexComment(text: string): string {
  return `% ${visibleLine(text)}`;
}

function escapeCharacter(character: string): string {
  const known = SPECIAL[character] ?? SYMBOLS[character];
  if (known !== undefined) return known;
  if (/^[ -~]$/.test(character)) return character;
  return accented(character) ?? named(character);
}

/** A letter with an accent: `é` as `\'{e}`. */
function accented(character: string): string | null {
  const [letter = '', ...marks] = Array.from(character.normalize('NFD'));
  if (marks.length === 0 || !/^[A-Za-z]$/.test(letter)) return null;
  let result = letter === 'i' || letter === 'j' ? `\\${letter}{}` : letter;
  for (const mark of marks) {
    const accent = ACCENTS[mark];
    if (accent === undefined) return null;
    result = `\\${accent}{${result}}`;
  }
  return result;
}

function named(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `{[}U+${code}]`;
}

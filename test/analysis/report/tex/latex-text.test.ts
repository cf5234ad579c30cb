import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeLine,
  escapeLatex,
  latexComment,
} from '../../../../src/analysis/report/tex/latex-text.js';

/** Every command by which a character of ASCII is written, and what it shows. */
const SHOWN: Readonly<Record<string, string>> = {
  '\\textbackslash{}': '\\',
  '\\textasciicircum{}': '^',
  '\\textasciitilde{}': '~',
  '\\textless{}': '<',
  '\\textgreater{}': '>',
  '\\textbar{}': '|',
  '\\`{}': '`',
  '{[}': '[',
  '{*}': '*',
  '-{}': '-',
  "'{}": "'",
  ',{}': ',',
  ...Object.fromEntries(Array.from('{}$&#%_').map((one) => [`\\${one}`, one])),
};

/** What TeX shows of an escaped text; it throws at anything that is neither in the table nor an ordinary character. */
function read(latex: string): string {
  let shown = '';
  for (let at = 0; at < latex.length;) {
    const command = Object.keys(SHOWN).find((one) => latex.startsWith(one, at));
    const character = latex.charAt(at);
    if (command === undefined && /[\\{}$&#%_^~<>|`[*]/.test(character))
      throw new Error(`${character} at ${at} of ${latex}`);
    shown += command === undefined ? character : (SHOWN[command] ?? '');
    at += command?.length ?? 1;
  }
  return shown;
}

describe('a text in LaTeX', () => {
  it('shows exactly the text, with nothing that LaTeX would act on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const latex = escapeLatex(text);
        expect(read(latex)).toBe(text);
        expect(latex).not.toMatch(/--|''|,,|[?!]`/); // that would become another character
      }),
    );
  });

  it('is in ASCII, with whole groups and formulas, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const latex = escapeLatex(text);
        expect(latex).toMatch(/^[ -~]*$/);
        const structure = latex.replace(/\\[\\{}$%#&_]/g, '');
        expect(structure.match(/\{/g)?.length).toBe(structure.match(/\}/g)?.length);
        // Formulas are those of the table of symbols: no text gets into one.
        expect(structure.replace(/\$(?:-|\\[a-zA-Z]+|\^\{(?:\d|\\circ)\})\$/g, '')).not.toContain(
          '$',
        );
      }),
    );
  });

  it('has accents, Greek and signs as commands, and names what no font has', () => {
    expect(escapeLatex('é Ñ ï')).toBe(String.raw`\'{e} \~{N} \"{\i{}}`);
    expect(escapeLatex('η² −1 ± 2 → ∞')).toBe(
      '$\\eta$$^{2}$ $-$1 $\\pm$ 2 $\\rightarrow$ $\\infty$',
    );
    expect(escapeLatex('中')).toBe('{[}U+4E2D]');
    expect(escapeLatex('a\u202eb\n c')).toBe('a\\textbackslash{}u202eb  c');
  });

  it('keeps the spaces of code', () => {
    expect(codeLine('  a: {b}')).toBe('\\ \\ a:\\ \\{b\\}');
  });

  it('does not end a comment', () => {
    expect(latexComment('one\ntwo\rthree\u2028')).toMatch(/^% one\\ntwo\\rthree\\u2028$/);
  });
});

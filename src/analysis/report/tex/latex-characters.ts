/** Characters of ASCII that mean something in LaTeX. */
export const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '`': '\\`{}',
  '[': '{[}', // an argument after \\ or \item
  '*': '{*}', // part of the command after \\
};

/** Characters that LaTeX joins with a second one to another character: a dash, a closing quote, a low quote. */
export const JOINING = "-',";

/** Marks that combine with the letter before them, by their LaTeX accent. */
export const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030b': 'H',
  '\u030c': 'v',
  '\u0327': 'c',
};

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi . pi rho . sigma tau upsilon phi chi psi omega';
const CAPITALS = 'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega';

/** Characters beyond ASCII that every pdflatex can set; most with fonts that are not bitmaps. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  '\u00a0': '~',
  '\u2009': '\\,',
  '\u202f': '\\,',
  '–': '\\textendash{}',
  '—': '\\textemdash{}',
  '‐': '{-}',
  '‑': '\\mbox{-}',
  '‘': '\\textquoteleft{}',
  '’': '\\textquoteright{}',
  '“': '\\textquotedblleft{}',
  '”': '\\textquotedblright{}',
  '…': '\\ldots{}',
  '•': '$\\bullet$',
  '·': '$\\cdot$',
  '°': '$^{\\circ}$',
  '§': '\\S{}',
  '¶': '\\P{}',
  '©': '\\textcopyright{}',
  '£': '\\pounds{}',
  '€': '\\texteuro{}',
  µ: '$\\mu$',
  ß: '\\ss{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
  '−': '$-$',
  '×': '$\\times$',
  '÷': '$\\div$',
  '±': '$\\pm$',
  '¬': '$\\neg$',
  '²': '$^{2}$',
  '³': '$^{3}$',
  '¹': '$^{1}$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '≠': '$\\neq$',
  '≈': '$\\approx$',
  '∞': '$\\infty$',
  '∑': '$\\sum$',
  '√': '$\\surd$',
  '∈': '$\\in$',
  '←': '$\\leftarrow$',
  '→': '$\\rightarrow$',
  '↔': '$\\leftrightarrow$',
  '‹': '\\textless{}',
  '›': '\\textgreater{}',
  ...Object.fromEntries(
    GREEK.split(' ').map((name, index) => [String.fromCodePoint(0x3b1 + index), `$\\${name}$`]),
  ),
  ...Object.fromEntries(
    CAPITALS.split(' ').map((name, index) => ['ΓΔΘΛΞΠΣΦΨΩ'.charAt(index), `$\\${name}$`]),
  ),
  ο: 'o',
  ς: '$\\varsigma$',
};

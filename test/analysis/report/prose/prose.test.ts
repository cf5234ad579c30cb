import { describe, expect, it } from 'vitest';
import { parseProse } from '../../../../src/analysis/report/prose/parse-prose.js';
import { renderTemplate } from '../../../../src/analysis/report/template/render-template.js';
import { templateDocument } from '../../../../src/analysis/report/template/template-document.js';
import { plainText } from '../../../../src/analysis/report/inline.js';
import { sharedTemporaryFolder } from '../../../support/temporary-folder.js';
import { HOSTILE_NAME, recordStudy, RUNS } from '../../example-study.js';

const { db } = recordStudy(sharedTemporaryFolder());
const ASSETS = { style: '', script: 'start();' };
const LINKS = { figures: ['svg'], tables: true } as const;

function documentOf(text: string): ReturnType<typeof templateDocument> {
  return templateDocument(renderTemplate(db, ['q2'], { file: 'mine.md', text }));
}

/** What stands in the page between its beginning and its scripts. */
async function pageOf(text: string): Promise<string> {
  const page = await documentOf(text).page(ASSETS, LINKS);
  return /<main[^>]*>\n([^]*?)\n<\/main>/.exec(page)?.[1] ?? '';
}

/** What stands in LaTeX between its beginning and end. */
function latexOf(text: string): string {
  return /\\maketitle\n\n([^]*?)\n\n\\end\{document\}/.exec(documentOf(text).latex())?.[1] ?? '';
}

function errorOf(text: string): string {
  try {
    return `no error but: ${latexOf(text)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const SOURCE = `test.nll of run ${RUNS.small.id}, event 14, epoch 2`;

const ALL = `# A *study* of {{ run.small.name }}

<!-- a note to myself -->
It has **{{ run.small.test.nll | round: 1 }}** nats,\\
see [the paper](https://example.org/a_b "title") & \`{{ run.small.name }} {}\`.

## Results

{% table final %}

1. one
   - in it
2. two

> said

---

| Run | NLL |
| :-- | --: |
| {{ run.small.name }} | {{ run.small.test.nll }} |

    code  {{ run.small.epochs }}
`;

describe('a template as a page', () => {
  it('has the author’s Markdown as elements, and numbers that lead to their run', async () => {
    const page = await pageOf(ALL);
    const number = `<a class="number" href="#run-${RUNS.small.id}" title="${SOURCE}">`;
    expect(page).toMatch(/^<h1>A <em>study<\/em> of small<\/h1>\n<p class="hint">/);
    expect(page).toContain(
      `<p>It has <strong>${number}98.1</a></strong> nats,<br>see ` +
        '<a href="https://example.org/a_b" rel="noreferrer">the paper</a> &amp; <code>small {}</code>.</p>',
    );
    expect(page).toContain('<h2 id="part-1">Results</h2>\n<div class="table" id="q2_final">');
    expect(page).toContain(
      '<ol start="1">\n<li>one\n<ul>\n<li>in it</li>\n</ul></li>\n<li>two</li>\n</ol>',
    );
    expect(page).toContain('<blockquote>\n<p>said</p>\n</blockquote>\n<hr>');
    expect(page).toContain(`<tr><td>small</td><td class="right">${number}98.13</a></td></tr>`);
    expect(page).toContain('<code>code  6</code>');
    expect(page).not.toContain('note to myself');
  });

  it('draws the figures of the report, and leads to its parts from the bar at the top', async () => {
    const page = await documentOf('Text\n\n## Two & more\n\n{% figure curves %}\n').page(
      ASSETS,
      LINKS,
    );
    expect(page).toContain('<figure id="q2_curves" data-figure>');
    expect(page).toContain('href="figures/q2_curves.svg"');
    expect(page).toContain('<nav aria-label="Parts"><a href="#part-1">Two &amp; more</a></nav>');
    expect(page).toContain('<h1>Report on q2</h1>');
  });
});

describe('a template in LaTeX', () => {
  it('has the author’s Markdown as commands, and a comment after each number', () => {
    const latex = latexOf(ALL);
    expect(documentOf(ALL).latex()).toContain('\\title{A \\emph{study} of small}');
    expect(latex).toContain(
      `It has \\textbf{98.1% ${SOURCE}\n{}} nats,\\newline{}\nsee ` +
        '\\href{https://example.org/a\\_b}{the paper} \\& \\texttt{small \\{\\}}.',
    );
    expect(latex).toContain('\\section{Results}\n\n\\begin{table}[H]');
    expect(latex).toContain(
      '\\begin{enumerate}\n\\item one\n\n\\begin{itemize}\n\\item in it\n\\end{itemize}\n\\item two\n\\end{enumerate}',
    );
    expect(latex).toContain('\\begin{quote}\nsaid\n\\end{quote}\n\n\\noindent\\rule');
    expect(latex).toContain(`\\midrule\nsmall & 98.13% ${SOURCE}\n{} \\\\\n\\bottomrule`);
    expect(latex).toContain('\\mbox{}code\\ \\ 6\\par');
  });
});

describe('what a page and LaTeX cannot show', () => {
  it.each([
    ['a\n\n<b>bold</b>', 'mine.md:3  HTML is shown in Markdown only (got "<b>")'],
    ['a\n\n<table>\n', 'mine.md:3  HTML is shown in Markdown only (got "<table>")'],
    ['a\n\n![x](y.png)', 'mine.md:3  an image of your own is shown in Markdown only'],
    ['a ~~b~~', 'mine.md:1  the page and LaTeX do not know s'],
    ['[x](tables/a.csv)', 'mine.md:1  the address of a link must begin with https://'],
    ['[x](https://a/{{ run.small.id }})', 'mine.md:1  a value belongs into text'],
    ['```\n{% table final %}\n```', 'mine.md:1  a table, figure or samples cannot stand in code'],
    ['{{ run.small.id }} <i>', 'mine.md:1  HTML is shown in Markdown only'],
    ['- 1\n  - 2\n    - 3\n      - 4\n        - 5', 'mine.md:5  at most 4 lists'],
  ])('%j is told with its place', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });
});

describe('hostile text', () => {
  const HOSTILE = `{{ run['${HOSTILE_NAME}'].name }} {{ sweep.q2.title }}

- {{ run['${HOSTILE_NAME}'].name }}

<javascript:alert(1)> [x](javascript:alert(1)) \\input{/etc/passwd} 100% $x^2$ \uE0000\uE001

| a |
| - |
| {{ run['${HOSTILE_NAME}'].name }} |
`.replace('<javascript:alert(1)> ', '');

  it('is text in the page and in LaTeX', async () => {
    const page = await pageOf(HOSTILE);
    expect(page).not.toMatch(/<script|<b>|href="javascript/);
    expect(page.match(/big\|&lt;script&gt;`x`&lt;\/script&gt;&amp;\*y\*/g)).toHaveLength(3);
    const latex = latexOf(HOSTILE);
    expect(latex).not.toMatch(/\\input|[^\\]%(?! )|href/);
    expect(latex).toContain(
      '\\textbackslash{}input\\{/etc/passwd\\} 100\\% \\$x\\textasciicircum{}2\\$',
    );
  });

  it('cannot forge a part of the template', () => {
    const { filled } = renderTemplate(db, ['q2'], {
      file: 'mine.md',
      text: '\uE0000\uE001 {{ run.small.name }}',
    });
    const [first] = parseProse(filled);
    expect(first?.kind === 'paragraph' ? plainText(first.content) : '').toBe('\uFFFD0\uFFFD small');
  });
});

import { FIGURES_FOLDER } from '../output-paths.js';
import type { Block, FigureBlock, ListBlock, Report, SamplesBlock } from '../report.js';
import { inlineLatex } from './inline-latex.js';
import { latexTable } from './latex-table.js';
import { codeLine, escapeLatex } from './latex-text.js';

/** Packages of texlive-latex-base and -recommended only; Latin Modern, which has more characters, where it is installed. */
const PREAMBLE = String.raw`\documentclass[11pt,a4paper]{article}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
\usepackage{textcomp}
\usepackage[margin=2.2cm]{geometry}
\usepackage{array,booktabs,longtable,float,graphicx}
\usepackage[font=small,labelfont=bf,skip=6pt]{caption}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\tabcolsep}{4pt}
\renewcommand{\labelitemi}{$\bullet$}
\sloppy
\newsavebox{\tablebox}
\newcommand{\fittowidth}[1]{\sbox{\tablebox}{#1}%
  \ifdim\wd\tablebox>\linewidth\resizebox{\linewidth}{!}{\usebox{\tablebox}}\else\usebox{\tablebox}\fi}
\newenvironment{lines}{\begin{quote}\small\ttfamily\setlength{\parskip}{0pt}\raggedright}{\end{quote}}`;

/**
 * A report in LaTeX that plain `pdflatex` sets, with the figures' PDFs from `figures/`. Texts are escaped; comments say
 * where each number comes from.
 */
export function renderLatex(report: Report): string {
  const sections = report.sections.flatMap(({ title, blocks }) => [
    `\\section{${escapeLatex(title)}}`,
    ...blocks.map(latexBlock),
  ]);
  return latexDocument(escapeLatex(report.title), sections);
}

/**
 * A whole document of these paragraphs.
 *
 * @param title in LaTeX
 */
export function latexDocument(title: string, paragraphs: readonly string[]): string {
  return `${[
    PREAMBLE,
    `\\title{${title}}\n\\author{}\n\\date{}`,
    '\\begin{document}\n\\maketitle',
    ...paragraphs,
    '\\end{document}',
  ].join('\n\n')}\n`;
}

/** One block in LaTeX, without the empty lines around it. */
export function latexBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `\\${block.level === 1 ? 'subsection' : 'subsubsection'}{${escapeLatex(block.text)}}`;
    case 'text':
      return inlineLatex(block.text);
    case 'list':
      return renderList(block);
    case 'table':
      return latexTable(block);
    case 'figure':
      return renderFigure(block);
    case 'code':
      return latexLines(block.text.trimEnd().split(/\r\n?|\n/));
    case 'samples':
      return renderSamples(block);
    case 'details':
      return [
        `\\subsubsection*{${escapeLatex(block.summary)}}`,
        ...block.blocks.map(latexBlock),
      ].join('\n\n');
  }
}

function renderList({ items }: ListBlock): string {
  const lines = items.map(({ label, text }) => {
    const before = label === null ? '' : `\\textbf{${escapeLatex(label)}}: `;
    return `\\item ${before}${inlineLatex(text)}`;
  });
  return ['\\begin{itemize}', ...lines, '\\end{itemize}'].join('\n');
}

function renderFigure({ file, alt, caption }: FigureBlock): string {
  const text = caption.length === 0 ? escapeLatex(alt) : inlineLatex(caption);
  return [
    '\\begin{figure}[H]',
    '\\centering',
    `\\includegraphics[width=\\linewidth,height=0.42\\textheight,keepaspectratio]{${FIGURES_FOLDER}/${file}.pdf}`,
    `\\caption{${text}}\\label{fig:${file}}`,
    '\\end{figure}',
  ].join('\n');
}

function renderSamples({ label, texts, total }: SamplesBlock): string {
  const noun = total === 1 ? 'text' : 'texts';
  const count = texts.length < total ? `${texts.length} of ${total} ${noun}` : `${total} ${noun}`;
  const lines = texts.map((text) => (text.trim() === '' ? '(empty text)' : text));
  return `${escapeLatex(`${label} (${count}):`)}\n${latexLines(lines)}`;
}

/** Lines of code or of sampled texts, with all of their spaces. */
export function latexLines(lines: readonly string[]): string {
  const set = lines.map((line) => `\\mbox{}${codeLine(line)}\\par`);
  return ['\\begin{lines}', ...set, '\\end{lines}'].join('\n');
}

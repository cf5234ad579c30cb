import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALLED = ['/usr/bin/pdflatex', '/Library/TeX/texbin/pdflatex'];
const EMPTY = [
  '\\documentclass{article}',
  '\\usepackage{booktabs,longtable,float,graphicx,caption,hyperref}',
  '\\begin{document}.\\end{document}',
].join('\n');

/** Sets `file` in `folder`, and stops at the first error. @throws Error where TeX finds one */
export function setInLatex(pdflatex: string, folder: string, file: string): void {
  const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape'];
  execFileSync(pdflatex, [...options, file], { cwd: folder, stdio: 'ignore' });
}

/** The pdflatex of this machine, if it works: an installation that was cut off has the program without its formats. */
export function workingPdflatex(): string | undefined {
  const program = INSTALLED.find((file) => existsSync(file));
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'sweep-latex-'));
  try {
    writeFileSync(join(folder, 'empty.tex'), EMPTY);
    setInLatex(program, folder, 'empty.tex');
    return program;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Something of an author's Markdown that the page and LaTeX cannot show, before its place is known. */
export class ProseProblem extends Error {
  readonly fix: string;

  constructor(message: string, fix = 'Leave it out, or write report.md alone: --format md') {
    super(message);
    this.name = 'ProseProblem';
    this.fix = fix;
  }
}

/** Something that is wrong in a template, before its place is known. */
export class TemplateProblem extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'TemplateProblem';
    this.fix = fix;
  }
}

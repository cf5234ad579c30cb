import { Tag, type Liquid, type TagToken, type TopLevelToken } from 'liquidjs';
import { TemplateProblem } from './template-problem.js';

type TagClass = new (token: TagToken, remaining: TopLevelToken[], liquid: Liquid) => Tag;

/** A tag `{% name ARGUMENT %}` that stands on a line of its own and becomes Markdown. */
export function blockTag(name: string, render: (argument: string) => string): TagClass {
  return class extends Tag {
    readonly #argument: string;
    readonly #margin: { readonly before: string; readonly after: string };

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.#argument = argumentOf(name, token.args);
      this.#margin = marginOf(name, token);
    }

    override *render(): Generator<unknown, string> {
      yield undefined;
      return `${this.#margin.before}${render(this.#argument)}${this.#margin.after}`;
    }
  };
}

function argumentOf(name: string, text: string): string {
  const [, double, single, bare] = /^\s*(?:"([^"]+)"|'([^']+)'|(\S+))\s*$/.exec(text) ?? [];
  const argument = double ?? single ?? bare;
  if (argument !== undefined) return argument;
  throw new TemplateProblem(
    `${name} must be followed by one name`,
    `As in {% ${name} ${EXAMPLES[name] ?? 'NAME'} %}; a name with spaces stands in quotes.`,
  );
}

const EXAMPLES: Readonly<Record<string, string>> = { table: 'final', figure: 'curves' };

/** Blocks of Markdown are parted by empty lines: those that the template does not have itself. */
function marginOf(name: string, token: TagToken): { before: string; after: string } {
  const before = token.input.slice(0, token.begin);
  const after = token.input.slice(token.end);
  if (!/(?:^|\n)$/.test(before) || !/^[ \t]*(?:\r?\n|$)/.test(after)) {
    throw new TemplateProblem(
      `${name} must stand at the beginning of a line of its own`,
      'In the middle of a paragraph, a list or a table it would tear it apart.',
    );
  }
  return {
    before: /(?:^|\n[ \t]*\r?)\n$|^$/.test(before) ? '' : '\n',
    after: /^[ \t]*(?:\r?\n[ \t]*(?:\r?\n|$)|$)/.test(after) ? '' : '\n',
  };
}

import MarkdownIt, { type Token } from 'markdown-it';
import { SweepError } from '../../../core/errors.js';
import type { RichText } from '../inline.js';
import { cutMarks, splitMarks, type FilledTemplate } from '../template/filled-template.js';
import { parseInline } from './parse-inline.js';
import { plainCode, refuseElements } from './plain-parts.js';
import { ProseProblem } from './prose-problem.js';
import type { Prose, ProseTable } from './prose.js';

/**
 * A filled-in template as data for the page and LaTeX.
 *
 * HTML is parsed, so that it can be told: the page is of this program's elements only. Comments are left out.
 *
 * @throws SweepError `bad-call` with the line of what page and LaTeX cannot show
 */
export function parseProse(filled: FilledTemplate): Prose[] {
  const parser = new MarkdownIt({ html: true });
  const reader = createReader(parser.parse(filled.text, {}));
  try {
    return readUntil(reader, null, filled);
  } catch (error) {
    if (!(error instanceof ProseProblem)) throw error;
    const { message, fix } = error;
    const where = placeOf(filled, reader.line());
    throw new SweepError('bad-call', { where, message, fix }, { cause: error });
  }
}

/** LaTeX has no deeper list. */
const MOST_LISTS = 4;

interface Reader {
  next(): Token | undefined;
  /** Reads what is in a list. */
  inList<T>(read: () => T): T;
  /** From 0: where the block begins that was read last. */
  line(): number;
}

function createReader(tokens: readonly Token[]): Reader {
  let place = 0;
  let line = 0;
  let lists = 0;
  return {
    next() {
      const token = tokens[place++];
      line = token?.map?.[0] ?? line;
      return token;
    },
    inList(read) {
      if (lists === MOST_LISTS)
        throw new ProseProblem(`at most ${MOST_LISTS} lists can stand in one another`);
      lists += 1;
      const found = read();
      lists -= 1;
      return found;
    },
    line: () => line,
  };
}

/** Everything up to the token that closes what is read, or to the end. */
function readUntil(reader: Reader, close: string | null, filled: FilledTemplate): Prose[] {
  const found: Prose[] = [];
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.type === close) break;
    found.push(...readBlock(token, reader, filled));
  }
  return found;
}

function readBlock(token: Token, reader: Reader, filled: FilledTemplate): Prose[] {
  const inside = (close: string): Prose[] => readUntil(reader, close, filled);
  switch (token.type) {
    case 'heading_open':
      return [
        { kind: 'heading', level: Number(token.tag.slice(1)), content: readText(reader, filled) },
      ];
    case 'paragraph_open':
      return readParagraph(token, reader, filled);
    case 'bullet_list_open':
      return [{ kind: 'list', start: null, items: readItems(reader, 'bullet_list_close', filled) }];
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1);
      return [{ kind: 'list', start, items: readItems(reader, 'ordered_list_close', filled) }];
    }
    case 'blockquote_open':
      return [{ kind: 'quote', content: inside('blockquote_close') }];
    case 'fence':
    case 'code_block':
      return [{ kind: 'code', text: plainCode(token.content, filled) }];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'table_open':
      return [readTable(reader, filled)];
    case 'html_block':
      refuseElements(token.content);
      return [];
    default:
      throw new ProseProblem(`the page and LaTeX do not know ${token.type.replace(/_open$/, '')}`);
  }
}

/** Text up to the end of its block, which has nothing else. */
function readText(reader: Reader, filled: FilledTemplate): RichText {
  const content = parseInline(reader.next()?.children ?? [], filled);
  reader.next();
  return content;
}

/** A block of a template stands in a paragraph of its own. */
function readParagraph(open: Token, reader: Reader, filled: FilledTemplate): Prose[] {
  const inline = reader.next();
  reader.next();
  const [only, ...others] = splitMarks(inline?.content.trim() ?? '', filled.parts);
  if (typeof only === 'object' && only.kind === 'blocks' && others.length === 0)
    return [{ kind: 'blocks', blocks: only.blocks }];
  const content = parseInline(inline?.children ?? [], filled);
  return content.length === 0 ? [] : [{ kind: 'paragraph', content, isTight: open.hidden }];
}

function readItems(reader: Reader, close: string, filled: FilledTemplate): Prose[][] {
  return reader.inList(() => {
    const items: Prose[][] = [];
    for (let token = reader.next(); token !== undefined; token = reader.next()) {
      if (token.type === close) break;
      items.push(readUntil(reader, 'list_item_close', filled));
    }
    return items;
  });
}

function readTable(reader: Reader, filled: FilledTemplate): ProseTable {
  const columns: ProseTable['columns'][number][] = [];
  const rows: RichText[][] = [];
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.type === 'table_close') break;
    if (token.type === 'th_open') {
      const align = /text-align:(left|center|right)/.exec(
        String(token.attrGet('style') ?? ''),
      )?.[1];
      columns.push({ title: readText(reader, filled), align: alignOf(align) });
    } else if (token.type === 'tr_open') rows.push([]);
    else if (token.type === 'td_open') rows.at(-1)?.push(readText(reader, filled));
  }
  return { kind: 'table', columns, rows: rows.slice(1) }; // the first row has the titles
}

function alignOf(text: string | undefined): ProseTable['columns'][number]['align'] {
  return text === 'right' || text === 'center' ? text : 'left';
}

/** The line of the template that is written so but for its values; where none is, the line when it is filled in. */
function placeOf({ file, source, text }: FilledTemplate, line: number): string {
  const written = source.split('\n').findIndex(matcherOf(text.split('\n')[line] ?? ''));
  return written >= 0 ? `${file}:${written + 1}` : `${file}, line ${line + 1} when it is filled in`;
}

function matcherOf(filledLine: string): (line: string) => boolean {
  const pieces = cutMarks(filledLine);
  return (line) => {
    let from = 0;
    for (const [index, piece] of pieces.entries()) {
      const at = line.indexOf(piece, from);
      if (at < 0 || (index === 0 && at > 0)) return false;
      from = at + piece.length;
    }
    return line.endsWith(pieces.at(-1) ?? '');
  };
}

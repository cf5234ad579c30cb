/** Characters that mean something anywhere in GitHub Markdown; without `[` there is no link and no image either. */
const MARKDOWN = /[\\`*_[\]|~$]/g;

/** What makes a heading, a list or an underline at the beginning of a line. */
const LINE_START = /^(\s*)([#+=-])|^(\s*\d+)([.)])(?=\s|$)/;

/** Control characters, and characters that reorder or hide the text around them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Any text as inline Markdown that shows exactly this text: no markup, no HTML, no table cell and no line can begin
 * or end in it.
 */
export function escapeMarkdown(text: string): string {
  return escapeHtml(oneLine(text).replace(MARKDOWN, '\\$&'))
    .replace(LINE_START, '$1$3\\$2$4')
    .replaceAll('://', ':&#47;/') // not a link
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}&#46;`)
    .replaceAll('@', '&#64;');
}

/** A text on one line for an HTML block, where backslashes mean nothing. */
export function escapeHtml(text: string): string {
  return oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Lines as a fenced code block; the fence is longer than any row of backticks in them. */
export function fencedBlock(lines: readonly string[], language = 'text'): string {
  const content = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A text on one line: line breaks and invisible characters as escapes such as `\n` and `\u202e`. */
export function visibleLine(text: string): string {
  return text.replace(INVISIBLE, escapeCharacter);
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(INVISIBLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function longestRunOfBackticks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A text as inline code, which shows it as it is. */
export function inlineCode(text: string): string {
  const content = oneLine(text);
  const fence = '`'.repeat(longestRunOfBackticks(content) + 1);
  return `${fence} ${content} ${fence}`;
}

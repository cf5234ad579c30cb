/** A text as an HTML comment, in a page or in Markdown: nothing in it can end the comment. */
export function htmlComment(text: string): string {
  // `--` and a `>` at the beginning are what HTML does not allow inside.
  return `<!-- ${text.replaceAll('-', (_, at) => (text[at - 1] === '-' ? '\u2010' : '-')).replaceAll('>', '\u203a')} -->`;
}

import { visibleLine } from '../../tables/markdown-text.js';

/** Any text as it may stand in HTML, between tags and in an attribute with double quotes. */
export function html(text: string): string {
  return visibleLine(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A text of several lines for `<pre>`. */
export function htmlLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(html)
    .join('\n');
}

/** A value as JSON inside of a script element: nothing in it can end the element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

import type { PageAssets } from '../page/assets.js';
import { createNumberList, type WrittenNumber } from './written-number.js';

/** A number as inline-html.ts writes it. */
const NUMBER = /<a class="number" href="[^"]*" title="([^"]*)"[^>]*>([^<]*)<\/a>/g;

/** Every number of a page that names its source, in the order of the file. */
export function readPageNumbers(page: string): readonly WrittenNumber[] {
  const { numbers, add } = createNumberList();
  for (const [index, line] of page.split('\n').entries())
    for (const [, source, shown] of line.matchAll(NUMBER))
      add(index + 1, plain(shown ?? ''), plain(source ?? ''));
  return numbers;
}

/** What of a page is the program's own, and no matter of the database. */
export function programOf(page: string): PageAssets {
  const [, style = ''] = /<style>\n([^]*?)<\/style>/.exec(page) ?? [];
  const [, script = ''] = /<script>([^]*?)<\/script>\n<\/body>/.exec(page) ?? [];
  return { style, script };
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

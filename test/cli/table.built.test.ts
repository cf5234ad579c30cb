import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatTable } from '../../src/cli/table.js';

const ANY_TEXT = [
  '日本',
  '👨‍👩‍👧',
  '1️⃣',
  '❤️',
  'e\u0301',
  '한글',
  '🇩🇪',
  '\u200b',
  'नि',
  'ｶﾞ',
  '👍🏽',
  '⚠',
];

test('the compiled program, whose packages start sooner, measures texts as they do', async () => {
  const built: unknown = await import(new URL('../../dist/cli/table.js', import.meta.url).href);
  const { formatTable: formatBuilt } = z
    .object({ formatTable: z.custom<typeof formatTable>((value) => typeof value === 'function') })
    .parse(built);
  const columns = [{ title: 'text' }, { title: 'after' }];
  const rows = ANY_TEXT.map((text) => [text, '|']);
  expect(formatBuilt(columns, rows)).toBe(formatTable(columns, rows));
});

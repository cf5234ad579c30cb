import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('docs/pytorch.md shows the script that the tests run', () => {
  const page = readFileSync(new URL('../../docs/pytorch.md', import.meta.url), 'utf8');
  const script = readFileSync(new URL('../../docs/pytorch/load_run.py', import.meta.url), 'utf8');
  expect(page).toContain(`\`\`\`python\n${script}\`\`\`\n`);
});

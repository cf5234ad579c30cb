import { expect, test } from 'vitest';
import { asciiSigns } from '../../src/cli/ascii-signs.js';

test('signs of this program have a form in ASCII; what users write stays', () => {
  expect(asciiSigns('q2 → q3: 98.1 ± 0.2, 8\u202f664 texts, – and −3 …')).toBe(
    'q2 -> q3: 98.1 +- 0.2, 8 664 texts, - and -3 ...',
  );
  expect(asciiSigns('学習率 é')).toBe('学習率 é');
});

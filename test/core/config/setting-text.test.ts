import { expect, it } from 'vitest';
import { settingText } from '../../../src/core/config/setting-text.js';
import { FIELDS } from '../../../src/sweeps/definition/fields.js';

it('tells a text, a number, a list and a switch as they are written', () => {
  const values = ['headlines', 1e-3, [0.5, 1], true];
  const texts = values.map((value) => settingText('train.any', value));
  expect(texts).toEqual(['headlines', '0.001', '[0.5,1]', 'true']);
});

it('has a word for null of every field that can be it', () => {
  const nullable = [...FIELDS.values()].filter(({ schema }) => schema.safeParse(null).success);
  expect(nullable.map(({ key }) => [key, settingText(key, null)])).toEqual([
    ['dataset.limit', 'all'],
  ]);
});

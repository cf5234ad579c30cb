import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseReportFormats } from '../../src/cli/report-formats.js';

describe('the formats of a report', () => {
  test('are a list in any order and case', () => {
    expect([...parseReportFormats('PDF, md')]).toEqual(['pdf', 'md']);
  });

  test('that do not exist are told with the closest, or with all', () => {
    const parse = (list: string) => () => parseReportFormats(list);
    expect(parse('md,htm')).toThrow(InvalidArgumentError);
    expect(parse('md,htm')).toThrow('There is no format htm. Did you mean html?');
    expect(parse('docx')).toThrow(
      'There is no format docx. Known: md, html, tex, pdf, figures, tables.',
    );
    expect(parse('md,')).toThrow('A format is missing.');
  });
});

import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../../src/analysis/report/build-report.js';
import { tableTexts } from '../../../../src/analysis/tables/table.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { recordStudy, SMALL_NLL } from '../../example-study.js';

describe('the texts that were sampled while the best run was trained', () => {
  it('are measured for each sampled epoch', () => {
    const { db } = recordStudy(temporaryFolder());
    const blocks = buildReport(db, ['q2']).sections[0]?.blocks ?? [];
    db.close();
    const block = blocks.find((one) => one.kind === 'table' && one.name === 'training-samples');
    if (block?.kind !== 'table') throw new Error('there is no table');
    // Each set is one text, such as `a text of epoch 3`: five different words, 17 characters.
    expect(tableTexts(block.table)).toEqual(
      SMALL_NLL.map((_, epoch) => [`${epoch}`, '1', '1', '1.000', '1.000', '0.000', '17.0']),
    );
  });
});

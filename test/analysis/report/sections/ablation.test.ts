import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../../src/analysis/report/build-report.js';
import { renderBlock } from '../../../../src/analysis/report/markdown.js';
import type { Block, Report } from '../../../../src/analysis/report/report.js';
import { inRecordedSweeps } from '../../../core/store/example-runs.js';
import { sizedRun } from '../../ablation/example-ablation.js';

const PER_TEXT = Array.from({ length: 64 }, (_, text) => 90 + Math.sin(text));
const FULL = sizedRun({
  ...{ limit: null, texts: 8664, nll: 90, perText: PER_TEXT },
  final: ['of all texts', 'and more'],
});
const FEW = sizedRun({
  ...{ limit: 1000, texts: 1000, nll: 100, perText: PER_TEXT.map((nll) => nll + 10) },
  final: ['of few texts'],
});

function report(names: readonly string[]): Report {
  return inRecordedSweeps({ q2: [FULL], q3: [FEW] }, (db) => buildReport(db, names));
}

function ablationOf({ sections }: Report): readonly Block[] {
  return sections.at(-1)?.blocks ?? [];
}

describe('the ablation beside the full run', () => {
  it('says what fewer texts cost, with the source of each number', () => {
    const text = ablationOf(report(['q2', 'q3']))
      .filter((block) => block.kind === 'text')
      .map(renderBlock)
      .find((line) => line.startsWith('**case-a**'));
    expect(text?.replace(/<!--.*?-->/g, '')).toBe(
      '**case-a** has 1\u202f000 training texts, 11.5% of the 8\u202f664 of **q2/case-a** (a run that this sweep does not ' +
        'have itself); all else of the training is the same. Its best checkpoint needs 100.00 nats per test text instead ' +
        'of 90.00: 10.00 more (95% interval 10.00 to 10.00), 1.11111 times as many (95% interval 1.11089 to 1.11133). ' +
        'Top-1 on the test texts is 0.2500 instead of 0.2500.',
    );
    expect(text).toContain(`<!-- test.nll of run ${FULL.file.id}, event 5, epoch 2 -->`);
  });

  it('draws both curves in the colours of the report and sets the samples side by side', () => {
    const blocks = ablationOf(report(['q2', 'q3']));
    const curves = blocks.find((one) => one.kind === 'figure' && one.name === 'ablation-curves');
    expect(JSON.stringify(curves)).toContain('"domain":["q2/case-a","case-a"]');
    expect(JSON.stringify(curves)).toContain('"range":["#0072B2","#D55E00"]');
    const samples = blocks.find((one) => one.kind === 'table' && one.name === 'ablation-samples');
    expect(samples?.kind === 'table' ? samples.table.rows : []).toEqual([
      [1, 'of all texts', 'of few texts'],
      [1, 'and more', null],
    ]);
  });

  it('takes the full run in when its sweep is not reported, so that its numbers lead to it', () => {
    const { runs } = report(['q3']);
    expect(runs.map(({ id }) => id)).toEqual([FEW.file.id, FULL.file.id]);
    expect(report(['q2']).runs.map(({ id }) => id)).toEqual([FULL.file.id]);
  });
});

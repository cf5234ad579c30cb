import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportResults } from '../../../src/analysis/export/export-results.js';
import { sharedTemporaryFolder } from '../../support/temporary-folder.js';
import { HOSTILE_NAME, recordStudy, RUNS, SMALL_NLL } from '../example-study.js';
import { crc32c, readFields, readRecords, type WireFields } from './event-file-reader.js';

let logs: string;
beforeAll(() => {
  const results = sharedTemporaryFolder();
  const { db } = recordStudy(results);
  logs = join(results, 'logs');
  const scope = { kind: 'sweep', sweep: 'q2' } as const;
  exportResults(db, { scope, format: 'tensorboard', out: logs });
  db.close();
});

interface Value {
  readonly step: number;
  readonly wallTime: number;
  readonly tag: string;
  readonly plugin: string;
  readonly content: Buffer | undefined;
  readonly dataClass: number;
  readonly tensor: WireFields;
}

/** The summary values of the one event file of a folder, after its version. */
function valuesOf(folder: string): Value[] {
  const [file] = readdirSync(folder).filter((name) => name.includes('tfevents'));
  const [version, ...events] = readRecords(readFileSync(join(folder, file!))).map(readFields);
  expect(version!.text(3)).toBe('brain.Event:2');
  return events.flatMap((event) =>
    event
      .message(5)
      .messages(1)
      .map((value) => {
        const plugin = value.message(9).message(1);
        return {
          step: event.integer(2),
          wallTime: event.double(1),
          tag: value.text(1),
          plugin: plugin.text(1),
          content: plugin.bytes(2),
          dataClass: value.message(9).integer(4),
          tensor: value.message(8),
        };
      }),
  );
}

function runFolder(id: string): string {
  return join(
    logs,
    readdirSync(logs).find((name) => name.endsWith(id))!,
  );
}

test('the reader of these tests knows the check values of CRC-32C', () => {
  // RFC 3720, appendix B.4
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('every run has a folder with an event file, whatever its name, and the folder has one for all', () => {
  const folders = readdirSync(logs, { withFileTypes: true });
  expect(folders.filter((entry) => entry.isDirectory())).toHaveLength(5);
  expect(folders.filter((entry) => entry.name.includes('tfevents'))).toHaveLength(1);
  expect(HOSTILE_NAME).toContain('/');
  expect(runFolder(RUNS.big.id)).toMatch(/\/big_script_x_script_y_-[0-9a-f]{12}$/);
});

test('a scalar is a float tensor of no dimension at the step of its epoch', () => {
  const scalars = valuesOf(runFolder(RUNS.small.id)).filter(({ plugin }) => plugin === 'scalars');
  expect(scalars.every(({ dataClass, tensor }) => dataClass === 1 && tensor.integer(1) === 1)).toBe(
    true,
  );
  const curve = scalars.filter(({ tag }) => tag === 'val/nll');
  expect(curve.map(({ tensor }) => tensor.floats(5)[0])).toEqual(SMALL_NLL);
  expect(curve.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(curve[0]!.wallTime).toBe(Date.parse('2026-01-02T00:00:01.000Z') / 1000);
  const [test] = scalars.filter(({ tag }) => tag === 'test/nll');
  expect([test!.step, test!.tensor.floats(5)[0]]).toEqual([2, 98.125]);
});

test('sampled texts are string tensors of one dimension, with their Markdown and HTML escaped', () => {
  const texts = valuesOf(runFolder(RUNS.small.id)).filter(({ plugin }) => plugin === 'text');
  const [best] = texts.filter(({ tag }) => tag === 'best_samples/temperature_1');
  expect(best!.tensor.integer(1)).toBe(7);
  expect(best!.tensor.message(2).message(2).integer(1)).toBe(12);
  const shown = best!.tensor.texts(8);
  expect(shown).toHaveLength(12);
  expect(shown[0]).not.toContain('<script');
  expect(shown[2]).toBe('plain text 0');
  expect(
    texts.filter(({ tag }) => tag === 'samples/temperature_1').map(({ step }) => step),
  ).toEqual([0, 1, 2, 3, 4, 5]);
});

describe('the hparams plugin', () => {
  const hparams = (folder: string, tag: string): WireFields => {
    const [value] = valuesOf(folder).filter((one) => one.tag === `_hparams_/${tag}`);
    expect(value).toMatchObject({ plugin: 'hparams', dataClass: 2 });
    return readFields(value!.content!);
  };

  test('is told which hyper-parameters differ, and the names of the metrics', () => {
    const experiment = hparams(logs, 'experiment').message(2);
    expect(experiment.text(6)).toBe('q2');
    expect(experiment.messages(4).map((info) => info.text(1))).toEqual(['model.embedding', 'seed']);
    expect(experiment.messages(5).map((info) => info.message(1).text(2))).toEqual([
      'train/nll',
      'train/top1',
      'val/nll',
      'val/top1',
      'test/nll',
      'test/top1',
    ]);
  });

  test('is told the values of each run and how it ended', () => {
    const start = hparams(runFolder(RUNS.small.id), 'session_start_info').message(3);
    const entries = start
      .messages(1)
      .map((entry): [string, WireFields] => [entry.text(1), entry.message(2)]);
    const values = new Map(entries);
    expect(values.get('model.embedding')!.double(2)).toBe(8);
    expect(values.get('dataset.source')!.text(3)).toBe('headlines');
    const status = ({ id }: { id: string }): number =>
      hparams(runFolder(id), 'session_end_info').message(4).integer(1);
    expect([status(RUNS.small), status(RUNS.big), status(RUNS.broken)]).toEqual([1, 2, 2]);
  });
});

import { describe, expect, test } from 'vitest';
import { SweepError, type ErrorCode } from '../../../src/core/errors.js';
import { ingestUnlessBusy } from '../../../src/sweeps/scheduler/ingest-unless-busy.js';

function recorderThatThrows(code: ErrorCode) {
  return {
    ingest: (): number => {
      throw new SweepError(code, { message: code });
    },
  };
}

describe('ingestUnlessBusy', () => {
  test('goes on while another program holds the database', () => {
    ingestUnlessBusy(recorderThatThrows('busy'), 'abc');
  });

  test('hands on what is wrong with the run or the database', () => {
    expect(() => {
      ingestUnlessBusy(recorderThatThrows('bad-record'), 'abc');
    }).toThrow('bad-record');
  });
});

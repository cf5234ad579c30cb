import { describe, expect, test } from 'vitest';
import { FAILURE_CAUSES, type Failure } from '../../../src/core/run-folder/failure.js';
import { backoffMs, RetryBook } from '../../../src/sweeps/scheduler/retry-book.js';

function failure(cause: Failure['cause'], message = `it was ${cause}`): Failure {
  return { cause, message, stack: cause === 'bug' ? `Error: ${message}\n    at train` : null };
}

test('the time before a further try doubles, up to five minutes', () => {
  expect([1, 2, 3, 4, 7, 100].map(backoffMs)).toEqual([
    5_000, 10_000, 20_000, 40_000, 300_000, 300_000,
  ]);
});

describe('a failed run', () => {
  /** How often it is tried again when it fails so every time. */
  function triesOf(one: Failure, retries = 3): number {
    const book = new RetryBook(retries);
    let tries = 0;
    while (book.afterFailure('a', one, false) !== null) tries += 1;
    return tries;
  }

  test('is tried again as often as wished when it failed of what can pass', () => {
    const tries = FAILURE_CAUSES.map((cause) => [cause, triesOf(failure(cause))]);
    expect(Object.fromEntries(tries)).toEqual({
      killed: 3,
      preempted: 3,
      stalled: 3,
      'device-lost': 3,
      'disk-full': 3,
      timeout: 0,
      refused: 0,
      // the same words twice: it is no accident
      crashed: 1,
      bug: 1,
    });
  });

  test('is not tried again where nobody wants it', () => {
    expect(triesOf(failure('killed'), 0)).toBe(0);
  });

  test('is tried again after another error, but not after one it had before', () => {
    const book = new RetryBook(10);
    expect(book.afterFailure('a', failure('bug', 'one'), false)).toMatchObject({ number: 1 });
    expect(book.afterFailure('a', failure('bug', 'two'), false)).toMatchObject({ number: 2 });
    expect(book.afterFailure('a', failure('bug', 'one'), false)).toBeNull();
  });

  test('has all its tries again after it finished an epoch', () => {
    const book = new RetryBook(1);
    const killed = failure('killed');
    expect(book.afterFailure('a', killed, false)).toEqual({ number: 1, of: 1, waitMs: 5_000 });
    expect(book.afterFailure('a', killed, true)).toEqual({ number: 1, of: 1, waitMs: 5_000 });
    expect(book.afterFailure('a', killed, false)).toBeNull();
  });

  test('counts for itself, and from the beginning when a user asks for it', () => {
    const book = new RetryBook(1);
    book.afterFailure('a', failure('killed'), false);
    expect(book.afterFailure('b', failure('killed'), false)).not.toBeNull();
    book.forget('a');
    expect(book.afterFailure('a', failure('killed'), false)).not.toBeNull();
  });
});

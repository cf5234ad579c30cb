import { expect, test, vi } from 'vitest';
import type { GpuUse } from '../../../src/core/engine/gpu-use.js';
import { GpuWatch } from '../../../src/tui/model/gpu-watch.js';

const GPU: GpuUse = { name: '0', busy: 0.5, memoryUsedBytes: 1, memoryTotalBytes: 2 };

test('GPUs are asked every few seconds, one question at a time, and only while somebody looks', async () => {
  const answers: ((gpus: GpuUse[]) => void)[] = [];
  const ask = vi.fn(() => new Promise<GpuUse[]>((resolve) => answers.push(resolve)));
  const watch = new GpuWatch(ask);
  expect(ask).not.toHaveBeenCalled();
  expect(watch.look(0)).toBeNull();
  watch.look(60_000);
  expect(ask).toHaveBeenCalledTimes(1);
  answers[0]!([GPU]);
  await new Promise(setImmediate);
  expect(watch.look(4999)).toEqual({ gpus: [GPU], problem: null });
  expect(ask).toHaveBeenCalledTimes(1);
  watch.look(5000);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('why there is no answer is told, and it is asked again', async () => {
  const ask = vi.fn(() => Promise.reject(new Error('nvidia-smi is missing')));
  const watch = new GpuWatch(ask);
  watch.look(0);
  await new Promise(setImmediate);
  expect(watch.look(5000)).toEqual({ gpus: [], problem: 'nvidia-smi is missing' });
  expect(ask).toHaveBeenCalledTimes(2);
});

test('closing ends a question that is under way', () => {
  const signals: AbortSignal[] = [];
  const watch = new GpuWatch((signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  });
  watch.look(0);
  watch.close();
  expect(signals[0]?.aborted).toBe(true);
});

test('without a GPU nothing is asked and nothing is said', () => {
  expect(new GpuWatch(null).look(0)).toBeNull();
});

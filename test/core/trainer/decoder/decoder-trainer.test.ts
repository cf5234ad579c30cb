import { expect, test } from 'vitest';
import { trainRunConfigSchema } from '../../../../src/core/config/run-schema.js';
import { createDecoderTrainer } from '../../../../src/core/trainer/decoder/decoder-trainer.js';
import type { TrainerContext } from '../../../../src/core/trainer/trainer.js';

test.each(['cpu', 'webgpu'])(
  'a model that cannot fit into memory is refused on %s before any of it is taken',
  async (device) => {
    const config = trainRunConfigSchema.parse({
      kind: 'train',
      dataset: { source: 'headlines' },
      model: { tokens: 8, embedding: 2 ** 20, neurons: 4, heads: 1, blocks: 12 },
      train: {},
      sample: {},
    });
    const context = { threads: 1, device } as TrainerContext; // it looks at nothing else before
    await expect(createDecoderTrainer(config).start(context)).rejects.toThrow(
      /^training needs about [\d.]+ [TP]B of memory, and this machine has [\d.]+ GB\n/,
    );
  },
);

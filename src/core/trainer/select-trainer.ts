import type { RunConfig } from '../config/run-schema.js';
import { createDecoderTrainer } from './decoder/decoder-trainer.js';
import { createSampleTrainer } from './decoder/sample-trainer.js';
import type { Trainer } from './trainer.js';
import { createTrivialTrainer } from './trivial-trainer.js';

/** The trainer of a run. */
export function createTrainer(config: RunConfig): Trainer {
  switch (config.kind) {
    case 'train':
      return config.trainer === 'trivial'
        ? createTrivialTrainer(config)
        : createDecoderTrainer(config);
    case 'sample':
      return createSampleTrainer(config);
  }
}

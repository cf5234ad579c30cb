import type { ModelConfig } from '../config/run-schema.js';
import { VOCABULARY_SIZE } from '../data/vocabulary.js';
import { initialiseParameters } from '../model/initialise.js';
import { createEngineOn, type EngineSetup } from './create-engine-on.js';
import type { Device } from './devices.js';

/** Training speed on one device. */
export interface Speed {
  /** Tokens of the training texts that went through forward, backward and update, per second. */
  readonly tokensPerSecond: number;
  /** Version of the library underneath, such as `onnxruntime 1.30.0`. */
  readonly version: string;
}

/** Small enough for pure JavaScript, large enough that matrix products count. */
const MEASURED: ModelConfig = {
  tokens: 50,
  embedding: 20,
  neurons: 10,
  heads: 5,
  blocks: 2,
  dropout: 0,
};
const MEASURED_TEXTS = 8;
const MEASURED_MS = 2_000;

/** Trains a fixed small model for two seconds, after a first step that compiles what has to be compiled. */
export async function measureSpeed(device: Device, threads: number): Promise<Speed> {
  const engine = await createEngineOn(device, setupOf(MEASURED, MEASURED_TEXTS, threads));
  const size = MEASURED_TEXTS * MEASURED.tokens;
  const tokens = Int32Array.from({ length: size }, (_, index) => index % VOCABULARY_SIZE);
  try {
    await engine.step({ tokens, texts: MEASURED_TEXTS });
    const begin = performance.now();
    let steps = 0;
    let elapsedMs = 0;
    while (elapsedMs < MEASURED_MS) {
      await engine.step({ tokens, texts: MEASURED_TEXTS });
      steps += 1;
      elapsedMs = performance.now() - begin;
    }
    return {
      tokensPerSecond: (steps * size) / (elapsedMs / 1000),
      version: engine.identity.version,
    };
  } finally {
    await engine.dispose();
  }
}

/** Takes one step of the smallest model. @throws whatever keeps the device from training */
export async function takeOneStep(device: Device): Promise<void> {
  const smallest = { tokens: 4, embedding: 4, neurons: 2, heads: 1, blocks: 1, dropout: 0 };
  const engine = await createEngineOn(device, setupOf(smallest, 1, 1));
  try {
    await engine.step({ tokens: new Int32Array(smallest.tokens), texts: 1 });
  } finally {
    await engine.dispose();
  }
}

function setupOf(model: ModelConfig, batchSize: number, threads: number): EngineSetup {
  return {
    model,
    batchSize,
    threads,
    parameters: initialiseParameters(model, 1),
    optimizer: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  };
}

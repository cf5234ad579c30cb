import prettyBytes from 'pretty-bytes';
import type { ModelConfig } from '../config/run-schema.js';
import { SweepError } from '../errors.js';
import { parameterCount } from '../model/parameter-count.js';
import { readMachine } from './machine.js';
import { microBatchSize } from './micro-batch.js';

const BYTES_PER_FLOAT = 4;

// Fitted to the peak resident memory of workers that trained, evaluated and sampled the four budgets of the reference
// study, with 1 to 32 texts at once; the test of this file says how close it comes.
const PROCESS_BYTES = 140 * 2 ** 20; // Node, the runtime and the data
const THREAD_BYTES = 30 * 2 ** 20; // of a further thread, before it has a graph
const PARAMETER_VECTORS = 19; // parameters, moments, gradients, prepared weights, on both sides of the border
const VECTORS_PER_THREAD = 20; // of a further thread: parameters, prepared weights, gradients, on both sides of the border
const MLP_ACTIVATIONS = 4; // per block, of [texts·T, neurons·D]
const ATTENTION_ACTIVATIONS = 5; // per block, of [texts·heads, T, T]
const CACHE_COPIES = 4.4; // of what attention sees of all texts that are sampled side by side
const SAMPLED_TEXTS = 64;

/**
 * Peak memory of a worker that trains a model with the onnx engine on the CPU and samples it on the way, in bytes:
 * arithmetic on shapes.
 *
 * @param batchSize texts per optimizer step
 * @param threads each works on a part of the batch, and holds what that takes
 */
export function estimateTrainingMemory(model: ModelConfig, batchSize: number, threads = 1): number {
  const { tokens, embedding, neurons, heads, blocks } = model;
  const texts = threads * microBatchSize(model, Math.ceil(batchSize / threads));
  const perceptron = MLP_ACTIVATIONS * tokens * neurons * embedding;
  const attention = ATTENTION_ACTIVATIONS * heads * tokens * tokens;
  const activations = texts * blocks * (perceptron + attention);
  const others = threads - 1;
  const vectors = (PARAMETER_VECTORS + others * VECTORS_PER_THREAD) * parameterCount(model);
  const caches = CACHE_COPIES * blocks * SAMPLED_TEXTS * tokens * embedding;
  const floats = vectors + activations + caches;
  return Math.round(PROCESS_BYTES + others * THREAD_BYTES + BYTES_PER_FLOAT * floats);
}

// Parameters, both moments, and the copy that a checkpoint is written from.
const HOST_VECTORS = 4;

/** What a worker holds in this machine's memory at least, whatever trains the model, in bytes. */
function estimateHostMemory(model: ModelConfig): number {
  return PROCESS_BYTES + BYTES_PER_FLOAT * HOST_VECTORS * parameterCount(model);
}

// Of activations: what the smallest GPUs that one would train on (4 GB) have to spare.
const DEVICE_ACTIVATION_BYTES = 2 * 2 ** 30;
// Not fitted to a GPU, and so more than what the CPU takes.
const DEVICE_MLP_ACTIVATIONS = 7;

/** Texts whose gradients are computed at once on a GPU: as many as fit, as it has no cache to stay within. */
export function deviceMicroBatchSize(model: ModelConfig, batchSize: number): number {
  const { tokens, embedding, neurons, heads, blocks } = model;
  const perceptron = DEVICE_MLP_ACTIVATIONS * tokens * neurons * embedding;
  const attention = ATTENTION_ACTIVATIONS * heads * tokens * tokens;
  const bytesPerText = BYTES_PER_FLOAT * blocks * (perceptron + attention);
  const fitting = Math.max(1, DEVICE_ACTIVATION_BYTES / bytesPerText);
  return Math.min(batchSize, 2 ** Math.floor(Math.log2(fitting)));
}

/** What trains a model. */
export interface TrainingPlace {
  readonly batchSize: number;
  readonly threads: number;
  /** Whether the onnx engine does so on the CPU: of others only the least that their worker takes here is known. */
  readonly isOnCpu: boolean;
}

/** {@link requireMemory} of this machine for a training. @throws SweepError `unavailable` with both numbers */
export function requireTrainingMemory(
  model: ModelConfig,
  { batchSize, threads, isOnCpu }: TrainingPlace,
): void {
  const needed = isOnCpu
    ? estimateTrainingMemory(model, batchSize, threads)
    : estimateHostMemory(model);
  requireMemory(needed, readMachine().memoryBytes);
}

/**
 * Refuses to train what cannot fit into this machine's memory, before any of it is taken.
 *
 * The measure is all memory, not what is free at the moment: how many runs go side by side is the scheduler's business,
 * and what the system calls free leaves out caches that it would give back.
 *
 * @throws SweepError `unavailable` with both numbers
 */
export function requireMemory(neededBytes: number, machineBytes: number): void {
  if (neededBytes <= machineBytes) return;
  throw new SweepError('unavailable', {
    message: `training needs about ${formatBytes(neededBytes)} of memory, and this machine has ${formatBytes(machineBytes)}`,
    fix: 'Train a smaller model, or shorter texts, or on a machine with more memory.',
  });
}

/** Such as `25.2 GB`. */
export function formatBytes(bytes: number): string {
  return prettyBytes(bytes, { maximumFractionDigits: 1 });
}

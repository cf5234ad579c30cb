import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ModelConfig } from '../config/run-schema.js';
import { messageOf, SweepError } from '../errors.js';
import { parameterLayout } from '../model/layout.js';
import { decodeTensors, encodeTensors, type NamedTensor } from './safetensors.js';

/** Where a training stands after an epoch; random streams are named by epoch, so they have no state to keep. */
export interface TrainingProgress {
  /** The last finished epoch, counted from 0. */
  readonly epoch: number;
  /** Optimizer steps taken. */
  readonly step: number;
  /** Epoch with the lowest validation NLL so far, and that NLL. */
  readonly bestEpoch: number;
  readonly bestNll: number;
}

/** A model and its optimizer after an epoch. Vectors are flat, in the order of `parameterLayout`. */
export interface Checkpoint extends TrainingProgress {
  readonly runKey: string;
  readonly parameters: Float32Array;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
}

/** Size and hash of a written checkpoint. */
export interface WrittenCheckpoint {
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
}

const FORMAT = 'sweep-checkpoint-1';

const metadataSchema = z.object({
  format: z.literal(FORMAT),
  runKey: z.string(),
  epoch: z.coerce.number().int(),
  step: z.coerce.number().int(),
  bestEpoch: z.coerce.number().int(),
  bestNll: z.coerce.number(),
});

/** Prefixes of tensor names; parameters have none, so that PyTorch reads them as a state_dict. */
const PREFIXES = {
  parameters: '',
  firstMoments: 'adamw.first.',
  secondMoments: 'adamw.second.',
} as const;

/** A checkpoint as it is written. */
export interface EncodedCheckpoint extends WrittenCheckpoint {
  readonly file: Uint8Array;
}

/** A checkpoint as .safetensors. The same checkpoint gives the same bytes. */
export function encodeCheckpoint(model: ModelConfig, checkpoint: Checkpoint): EncodedCheckpoint {
  const layout = parameterLayout(model);
  const tensors: NamedTensor[] = [];
  for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const) {
    for (const { name, shape, offset, size } of layout) {
      const values = checkpoint[part].subarray(offset, offset + size);
      tensors.push({ name: `${PREFIXES[part]}${name}`, shape, values });
    }
  }
  const { runKey, epoch, step, bestEpoch, bestNll } = checkpoint;
  const file = encodeTensors({
    tensors,
    metadata: {
      format: FORMAT,
      runKey,
      epoch: String(epoch),
      step: String(step),
      bestEpoch: String(bestEpoch),
      bestNll: String(bestNll),
    },
  });
  return { file, bytes: file.byteLength, sha256: hashCheckpoint(file) };
}

/** SHA-256 of a checkpoint's file, hex. */
export function hashCheckpoint(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex');
}

/**
 * Reads a checkpoint of one run.
 *
 * @throws SweepError `bad-record` when the file is missing, damaged, of another run or of another model
 */
export function readCheckpoint(path: string, model: ModelConfig, runKey: string): Checkpoint {
  return decodeCheckpoint(readBytes(path), path, model, runKey);
}

/**
 * The checkpoint of one run in the bytes of a file.
 *
 * @throws SweepError `bad-record` naming `path` when it is damaged, of another run or of another model
 */
export function decodeCheckpoint(
  file: Uint8Array,
  path: string,
  model: ModelConfig,
  runKey: string,
): Checkpoint {
  const fail = (message: string, cause?: unknown): never => {
    throw badCheckpoint(path, message, cause);
  };
  const { tensors, metadata } = decodeTensors(file, path);
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) return fail('the file is not a checkpoint of this version', parsed.error);
  if (parsed.data.runKey !== runKey) return fail('the checkpoint belongs to another run');

  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.values]));
  const layout = parameterLayout(model);
  const total = layout.reduce((sum, { size }) => sum + size, 0);
  const flat = (prefix: string): Float32Array => {
    const vector = new Float32Array(total);
    for (const { name, offset, size } of layout) {
      const values = byName.get(`${prefix}${name}`);
      if (values?.length !== size)
        return fail(`the checkpoint has no ${name} of this model's size`);
      vector.set(values, offset);
    }
    return vector;
  };
  return {
    ...parsed.data,
    parameters: flat(PREFIXES.parameters),
    firstMoments: flat(PREFIXES.firstMoments),
    secondMoments: flat(PREFIXES.secondMoments),
  };
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw badCheckpoint(path, `the checkpoint cannot be read: ${messageOf(error)}`, error);
  }
}

function badCheckpoint(where: string, message: string, cause: unknown): SweepError {
  const fix = "Delete the run's folder to train it again.";
  return new SweepError('bad-record', { where, message, fix }, { cause });
}

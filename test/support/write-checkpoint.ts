import type { ModelConfig } from '../../src/core/config/run-schema.js';
import { writeFileWhole } from '../../src/core/run-folder/atomic-write.js';
import {
  type Checkpoint,
  encodeCheckpoint,
  type WrittenCheckpoint,
} from '../../src/core/run-folder/checkpoint.js';

/** Puts a checkpoint into a file, outside of any run. */
export function writeCheckpoint(
  path: string,
  model: ModelConfig,
  checkpoint: Checkpoint,
): WrittenCheckpoint {
  const { file, ...written } = encodeCheckpoint(model, checkpoint);
  writeFileWhole(path, file);
  return written;
}

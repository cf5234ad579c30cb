import { projectVersion } from '../../config/project-version.js';
import { VOCABULARY } from '../../data/vocabulary.js';
import { parameterLayout } from '../../model/layout.js';
import type { RunIdentity, TrainedModel } from '../../run-folder/run-checkpoint.js';
import { encodeTensors } from '../../run-folder/safetensors.js';

/** Formats of a trained model; see docs/sampling-and-export.md. */
export type ModelFormat = 'onnx' | 'safetensors';

/** The bytes of a trained model as other programs read it. */
export async function encodeTrainedModel(
  format: ModelFormat,
  run: RunIdentity,
  trained: TrainedModel,
): Promise<Uint8Array> {
  const { model, checkpoint } = trained;
  const { parameters } = checkpoint;
  const metadata = exportMetadata(run, trained);
  switch (format) {
    case 'onnx': {
      const { forwardModel } = await import('../../engine/onnx/forward-model.js');
      return forwardModel({ model, parameters, metadata });
    }
    case 'safetensors': {
      const tensors = parameterLayout(model).map(({ name, shape, offset, size }) => {
        return { name, shape, values: parameters.subarray(offset, offset + size) };
      });
      // What Hugging Face's loaders ask for: tensors in PyTorch's layout.
      return encodeTensors({ tensors, metadata: { format: 'pt', ...metadata } });
    }
  }
}

/** What a reader needs to use the model and to find its run again; values are texts, as both formats want it. */
function exportMetadata(
  { id, key, config }: RunIdentity,
  { checkpoint, kind, trainedBy }: TrainedModel,
): Record<string, string> {
  return {
    producer: `sweep ${projectVersion()}`,
    run: id,
    key,
    trainedBy,
    checkpoint: kind,
    epoch: String(checkpoint.epoch),
    step: String(checkpoint.step),
    configuration: JSON.stringify(config),
    vocabulary: JSON.stringify(VOCABULARY),
  };
}

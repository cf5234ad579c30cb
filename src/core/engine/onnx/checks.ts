import type { ModelConfig } from '../../config/run-schema.js';
import { VOCABULARY_SIZE } from '../../data/vocabulary.js';
import { parameterCount } from '../../model/parameter-count.js';
import type { EngineState, TokenBatch } from '../engine.js';

/** @throws RangeError when the tokens are not [texts, T], or there are none */
export function checkBatch({ tokens, texts }: TokenBatch, length: number): void {
  if (texts < 1 || tokens.length !== texts * length)
    throw new RangeError(
      `a batch of ${texts} texts must have ${texts} x ${length} tokens, and at least one text (got ${tokens.length} tokens)`,
    );
}

/** @throws RangeError when the batch of a step, or its dropout mask, does not fit */
export function checkStep(
  { model, batchSize }: { readonly model: ModelConfig; readonly batchSize: number },
  batch: TokenBatch,
  dropoutMask: Float32Array | undefined,
): void {
  const { tokens: length, embedding: width, dropout } = model;
  checkBatch(batch, length);
  if (batch.texts > batchSize)
    throw new RangeError(`a batch must have at most ${batchSize} texts (got ${batch.texts})`);
  const maskSize = batch.texts * length * width;
  if (dropoutMask !== undefined && (dropout === 0 || dropoutMask.length !== maskSize))
    throw new RangeError(
      `the dropout mask must have ${dropout === 0 ? 0 : maskSize} elements (got ${dropoutMask.length})`,
    );
}

/** @throws RangeError when the temperature is not a positive number */
export function checkTemperature(temperature: number): void {
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new RangeError(`temperature must be a positive number (got ${temperature})`);
}

/** @throws RangeError when the prompt leaves no token of a text to sample, or has tokens that do not exist */
export function checkPrompt(prompt: Int32Array, length: number): void {
  if (prompt.length > length - 2)
    throw new RangeError(
      `a prompt must have at most ${length - 2} tokens for this model (got ${prompt.length})`,
    );
  const unknown = prompt.find((token) => token < 0 || token >= VOCABULARY_SIZE);
  if (unknown !== undefined)
    throw new RangeError(`tokens must be 0 to ${VOCABULARY_SIZE - 1} (got ${unknown})`);
}

/** A deep copy of a state. @throws RangeError when a vector does not fit the model */
export function copyOfState(model: ModelConfig, state: EngineState): EngineState {
  const size = parameterCount(model);
  const copy = (name: string, vector: Float32Array): Float32Array => {
    if (vector.length !== size)
      throw new RangeError(
        `${name} must have ${size} elements for this model (got ${vector.length})`,
      );
    return vector.slice();
  };
  return {
    parameters: copy('parameters', state.parameters),
    firstMoments: copy('firstMoments', state.firstMoments),
    secondMoments: copy('secondMoments', state.secondMoments),
    step: state.step,
  };
}

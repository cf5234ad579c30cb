import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../config/run-schema.js';
import { parameterLayout } from '../../model/layout.js';
import { parameterCount } from '../../model/parameter-count.js';

/** A tensor for each parameter, in the order of `parameterLayout`. */
export type ParameterList = readonly tf.Variable[];

/** The weight of a name, such as `blocks.0.ln1.weight`. */
export type Weights = (name: string) => tf.Tensor;

/** Copies a flat vector into variables. */
export function variablesFrom(model: ModelConfig, vector: Float32Array): ParameterList {
  return parameterLayout(model).map(({ shape, offset, size }) => {
    // the CPU backend keeps the array that it is given: the slice is its own
    const values = tf.tensor(vector.slice(offset, offset + size), [...shape]);
    const variable = tf.variable(values);
    values.dispose();
    return variable;
  });
}

/** The flat vector of all parameters, [P]. */
export async function vectorFrom(model: ModelConfig, list: ParameterList): Promise<Float32Array> {
  const vector = new Float32Array(parameterCount(model));
  for (const [index, { offset }] of parameterLayout(model).entries())
    vector.set(await list[index]!.data<'float32'>(), offset);
  return vector;
}

/** Looks weights up by name. */
export function weightsOf(model: ModelConfig, list: ParameterList): Weights {
  const byName = new Map(parameterLayout(model).map(({ name }, index) => [name, list[index]!]));
  return (name) => {
    const weight = byName.get(name);
    if (weight === undefined) throw new Error(`the model has no parameter ${name}`);
    return weight;
  };
}

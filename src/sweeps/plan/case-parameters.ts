import { parameterCount } from '../../core/model/parameter-count.js';

/** Number of parameters of a case, from the fields of its configuration by dotted name. */
export function parametersOf(values: ReadonlyMap<string, unknown>): number {
  const size = (name: string): number => Number(values.get(`model.${name}`));
  return parameterCount({
    tokens: size('tokens'),
    embedding: size('embedding'),
    neurons: size('neurons'),
    heads: size('heads'),
    blocks: size('blocks'),
    dropout: 0,
  });
}

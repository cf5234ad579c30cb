import { definitionJsonSchema } from '../../sweeps/definition/schema.js';
import { printJson } from '../output.js';

/** `sweep schema`: the JSON Schema of a definition file. */
export function runSchema(): Promise<void> {
  printJson(definitionJsonSchema());
  return Promise.resolve();
}

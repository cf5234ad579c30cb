import { writeFile } from 'node:fs/promises';
import { hasCode, quoteValue, SweepError } from '../../core/errors.js';
import { definitionSchema } from '../../sweeps/definition/schema.js';
import { print } from '../output.js';

/**
 * `sweep init NAME`: writes NAME.yaml, a commented definition that runs as it is in about a minute.
 *
 * @throws SweepError `bad-call` for a name that cannot be a sweep's, or when the file is there already
 */
export async function runInit(name: string): Promise<void> {
  if (!definitionSchema.shape.name.safeParse(name).success)
    throw new SweepError('bad-call', {
      message:
        'the name must consist of letters, digits, . _ and -, and start with a letter, a digit or _ ' +
        `(got ${quoteValue(name)})`,
    });
  const file = `${name}.yaml`;
  try {
    await writeFile(file, initialDefinition(name), { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new SweepError(
      'bad-call',
      { where: file, message: 'the file exists already', fix: 'Choose another name.' },
      { cause: error },
    );
  }
  print(`${file} is written. Try: npx sweep plan ${file}`);
}

/** A definition with every part that a first sweep needs, small enough for 2 cores. */
export function initialDefinition(name: string): string {
  return `# A sweep: what runs share (base), how they differ (runs, grid), and what "best" means (objective).
#
#   npx sweep plan ${name}.yaml     what would run, and what is done already
#   npx sweep run ${name}.yaml      run it; a second time does nothing that is done
#   npx sweep analyze ${name}       the numbers
#
# npx sweep schema > sweep.schema.json writes a schema for your editor.
name: ${JSON.stringify(name)}
title: My first sweep

# The built-in corpus of headlines. Your own texts: { source: file, path: texts.txt }
dataset: { source: headlines, limit: 600 }

# What all runs share. Keys may be nested or dotted; what is left out has a default.
base:
  model: { tokens: 64, embedding: 16, neurons: 4, heads: 2, blocks: 2, dropout: 0.05 }
  train: { learningRate: 3e-3, batchSize: 32, maxEpochs: 4 }
  sample: { count: 8, temperatures: [0.8] }
  seed: 1

# Which run is best: lower is better.
objective: { metric: val.nll, goal: minimize }

# Every combination of these values is one run.
grid:
  train.learningRate: [1e-3, 3e-3]
  model.embedding: [16, 24]

# More than one seed each: replicates: 3
# Keep only some of the combinations:
where: parameters < 100k
`;
}

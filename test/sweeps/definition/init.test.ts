import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { initialDefinition } from '../../../src/cli/commands/init.js';
import { loadDefinition } from '../../../src/sweeps/definition/load-definition.js';
import { expandCases } from '../../../src/sweeps/plan/cases.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

it.each(['my-study', '2024', '1e3', 'null'])(
  'what `sweep init %s` writes is valid as it is',
  async (name) => {
    const file = join(temporaryFolder(), 'study.yaml');
    writeFileSync(file, initialDefinition(name));
    const definition = await loadDefinition(file);
    expect(definition.name).toBe(name);
    expect([...expandCases(definition)]).toHaveLength(4);
  },
);

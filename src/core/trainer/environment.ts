import { hostname } from 'node:os';
import { z } from 'zod';
import { projectVersion } from '../config/project-version.js';
import type { Environment } from '../run-folder/event.js';

/** What the coordinator knows about the user's repository, handed to workers in their environment. */
const variablesSchema = z.object({
  SWEEP_GIT_COMMIT: z.string().optional(),
  SWEEP_GIT_DIRTY: z.enum(['true', 'false']).optional(),
});

/** Where and with what this process runs. */
export function describeEnvironment(): Environment {
  const { SWEEP_GIT_COMMIT: commit, SWEEP_GIT_DIRTY: dirty } = variablesSchema.parse(process.env);
  return {
    host: hostname(),
    pid: process.pid,
    node: process.versions.node,
    sweep: projectVersion(),
    gitCommit: commit ?? null,
    gitDirty: dirty === undefined ? null : dirty === 'true',
  };
}

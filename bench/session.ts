import { z } from 'zod';
import { machineSchema } from './machine.js';
import { rowSchema } from './row.js';

/** Rows that were measured together. */
export const sessionSchema = z.object({
  machine: machineSchema,
  threads: z.int(),
  rounds: z.int(),
  clock: z.enum(['wall', 'cpu']),
  rows: z.array(rowSchema),
});
export type Session = z.infer<typeof sessionSchema>;

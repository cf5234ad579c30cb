import { z } from 'zod';

/** What a launcher sends to a worker that is free: the next run. */
export const workMessageSchema = z.strictObject({
  type: z.literal('work'),
  /** `<results>/runs/<id>`, with `run.json` in it. */
  runFolder: z.string(),
  /** File that takes the standard output and error from here on. */
  logFile: z.string(),
});
export type WorkMessage = z.infer<typeof workMessageSchema>;

/**
 * What a worker tells its launcher: it has begun with the run that it was sent, or it is done with a run, nothing is
 * wrong, and it can take another one. A worker that ends says nothing: its end is the message.
 */
export const workerMessageSchema = z.strictObject({ type: z.enum(['begun', 'free']) });
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

import { z } from 'zod';

/** A run that a worker is to do. */
const orderSchema = z.strictObject({
  /** `<results>/runs/<id>`, with `run.json` in it. */
  runFolder: z.string(),
  /** Number of the attempt that was made for it. */
  attempt: z.int().positive(),
  /** File that takes the standard output and error from the run's beginning on. */
  logFile: z.string(),
  /** Whether it may wait behind others: it is given back unbegun when somebody asks for it, or for the run's end. */
  isAhead: z.boolean(),
});
export type Order = z.infer<typeof orderSchema>;

/** What a launcher sends to a worker: further runs, to be done in their order, or that it wants back what has not begun. */
export const launcherMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('work'), orders: z.array(orderSchema) }),
  z.strictObject({ type: z.literal('take-back') }),
]);
export type LauncherMessage = z.infer<typeof launcherMessageSchema>;

/**
 * What a worker tells its launcher, by the folders of the runs. A worker that ends says nothing: its end is the message,
 * of the runs that it has begun and not done.
 */
export const workerMessageSchema = z.strictObject({
  /** Said before anything of the run happens. The run that a process was started with needs no word. */
  begun: z.array(z.string()),
  /** They have a result, it is on disk, and nothing is wrong with the worker: it can take more. */
  done: z.array(z.string()),
  /** They have not begun, and will not here. */
  returned: z.array(z.string()),
});
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

import { z } from 'zod';

/** What tells how far a run is and what is left of it: fields of a row, with {@link COURSE_COLUMNS}. */
export const COURSE_FIELDS = {
  kind: z.enum(['train', 'sample']),
  parameters: z.int(),
  tokens: z.int(),
  dataLimit: z.int().nullable(),
  maxEpochs: z.int().nullable(),
  patience: z.int().nullable(),
  epochs: z.int(),
  bestEpoch: z.int().nullable(),
  /** Seconds of the recorded epochs, evaluation included. */
  epochSeconds: z.number().nullable(),
  /** Of the epoch that is worked on; null between epochs. */
  progressStep: z.int().nullable(),
  progressSteps: z.int().nullable(),
  progressSplit: z.string().nullable(),
};

/** The columns of `runs` for {@link COURSE_FIELDS}. */
export const COURSE_COLUMNS = `
  kind, parameters, tokens, data_limit, max_epochs, patience, epochs, best_epoch,
  train_seconds + evaluate_seconds AS epoch_seconds, progress_step, progress_steps, progress_split`;

import { z } from 'zod';

/** The cleaning steps, in the order in which they are applied; each can be switched off. */
export const cleaningSchema = z
  .strictObject({
    foldDiacritics: z
      .boolean()
      .default(true)
      .describe('Fold every Latin letter with a diacritic to its base letter (é → e).'),
    lowerCase: z.boolean().default(true).describe('Lower-case the text.'),
    alphabeticOnly: z
      .boolean()
      .default(true)
      .describe('Keep only words that consist of the letters a-z.'),
    dropStopWords: z.boolean().default(true).describe('Drop English stop words.'),
    lemmatizeNouns: z
      .boolean()
      .default(true)
      .describe('Replace each word by its WordNet noun lemma (cities → city).'),
  })
  .describe('Which cleaning steps are applied to each text.');

const limit = z
  .int()
  .positive()
  .nullable()
  .default(null)
  .describe('Use only the first this many cleaned training texts; null for all.');
const clean = cleaningSchema.prefault({});
const fraction = z.number().gt(0).lt(1);

export const headlinesDatasetSchema = z
  .strictObject({
    source: z.literal('headlines').describe('The corpus of headlines that comes with sweep.'),
    limit,
    clean,
  })
  .describe('The built-in corpus: 8,664 training, 1,084 validation and 1,084 test texts.');

export const fileDatasetSchema = z
  .strictObject({
    source: z.literal('file').describe('Texts from .txt, .jsonl or .csv files.'),
    path: z
      .string()
      .min(1)
      .optional()
      .describe('One file, split by `split`. Relative to the definition file.'),
    files: z
      .strictObject({
        train: z.string().min(1),
        val: z.string().min(1),
        test: z.string().min(1),
      })
      .optional()
      .describe('One file for each split, instead of `path`.'),
    fields: z
      .array(z.string().min(1))
      .min(1)
      .default(['text'])
      .describe('Names of the fields of a .jsonl or .csv file that hold texts.'),
    split: z
      .strictObject({
        val: fraction.default(0.1).describe('Share of the texts held out for validation.'),
        test: fraction.default(0.1).describe('Share of the texts held out for the test.'),
        seed: z.int().nonnegative().default(1).describe('Seed of the shuffle before the split.'),
      })
      .prefault({})
      .describe('How `path` is split; the rest is for training.'),
    limit,
    clean,
  })
  .describe('Your own texts.');

export const huggingfaceDatasetSchema = z
  .strictObject({
    source: z.literal('huggingface').describe('A data set from the Hugging Face hub.'),
    repository: z.string().min(1).describe('Such as IlyaGusev/headline_cause.'),
    config: z.string().min(1).default('default').describe('The configuration (subset).'),
    revision: z
      .string()
      .min(1)
      .default('refs/convert/parquet')
      .describe('Branch, tag or commit that holds the Parquet files.'),
    splits: z
      .strictObject({
        train: z.string().min(1).default('train'),
        val: z.string().min(1).default('validation'),
        test: z.string().min(1).default('test'),
      })
      .prefault({})
      .describe("The hub's name of each split."),
    fields: z
      .array(z.string().min(1))
      .min(1)
      .default(['text'])
      .describe('Names of the columns that hold texts; each gives one text a row.'),
    limit,
    clean,
  })
  .describe("A data set read from the hub's Parquet files and cached by revision.");

export const datasetSchema = z.discriminatedUnion('source', [
  headlinesDatasetSchema,
  fileDatasetSchema,
  huggingfaceDatasetSchema,
]);

export type CleaningConfig = z.infer<typeof cleaningSchema>;

export type FileDatasetConfig = z.infer<typeof fileDatasetSchema>;
export type HuggingfaceDatasetConfig = z.infer<typeof huggingfaceDatasetSchema>;
/** Where the texts come from and how they are cleaned, with every default filled in. */
export type DatasetConfig = z.infer<typeof datasetSchema>;

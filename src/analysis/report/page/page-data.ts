import * as z from 'zod/mini';

/**
 * What the page's script is given, as JSON inside of the page. Written by the files beside this one, read by `client/`.
 * `zod/mini` because it becomes part of every page.
 */

const packedColumnSchema = z.union([
  z.object({ field: z.string(), values: z.array(z.unknown()) }),
  /** Texts that repeat: each once, and their numbers. */
  z.object({ field: z.string(), texts: z.array(z.string()), numbers: z.array(z.number()) }),
]);

/** Rows of a figure, column by column: a third of the size of a list of objects. */
const packedRowsSchema = z.object({ length: z.number(), columns: z.array(packedColumnSchema) });

/** An axis with numbers, along which points can be found and which can be zoomed. */
const axisSchema = z.object({ field: z.string(), title: z.string() });

const legendSchema = z.object({
  field: z.string(),
  title: z.string(),
  /** What each colour stands for; `colour` is its number in the page's style, null for one that is not among them. */
  entries: z.array(z.object({ label: z.string(), colour: z.nullable(z.number()) })),
});

export const figureDataSchema = z.object({
  /** A Vega specification without its rows. */
  vega: z.record(z.string(), z.unknown()),
  /** Rows of its data sets by their name. */
  rows: z.record(z.string(), packedRowsSchema),
  /** Null unless both axes have numbers. */
  axes: z.nullable(z.object({ x: axisSchema, y: axisSchema })),
  legend: z.nullable(legendSchema),
  /** Whether its width can follow that of the page. */
  isFluid: z.boolean(),
});

const configSchema = z.record(z.string(), z.string());

const pageRunSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What the dialog shows: label and text. */
  facts: z.array(z.tuple([z.string(), z.string()])),
  /** Fields of the configuration that not all runs of the report share. */
  config: configSchema,
});

export const pageRunsSchema = z.object({
  /** Fields of the configuration that all runs have in common. */
  shared: configSchema,
  runs: z.array(pageRunSchema),
});

/**
 * A cell: its text; or text and number; or these and where the number comes from: as it is told, with the places of runs;
 * or by the places of metric and run, with event and epoch where they are known.
 */
const packedCellSchema = z.union([
  z.string(),
  z.tuple([z.string(), z.nullable(z.number())]),
  z.tuple([z.string(), z.nullable(z.number()), z.tuple([z.string()], z.number())]),
  z.tuple([z.string(), z.nullable(z.number()), z.number(), z.number()]),
  z.tuple([
    z.string(),
    z.nullable(z.number()),
    z.number(),
    z.number(),
    z.nullable(z.number()),
    z.nullable(z.number()),
  ]),
]);

/** Rows of a long table that are not in the page as elements. */
export const packedTableSchema = z.object({
  metrics: z.array(z.string()),
  runs: z.array(z.string()),
  rows: z.array(z.array(packedCellSchema)),
});

export type PackedCell = z.infer<typeof packedCellSchema>;
export type PackedTable = z.infer<typeof packedTableSchema>;
export type PackedColumn = z.infer<typeof packedColumnSchema>;
export type PackedRows = z.infer<typeof packedRowsSchema>;
export type FigureAxis = z.infer<typeof axisSchema>;
export type FigureLegend = z.infer<typeof legendSchema>;
export type FigureData = z.infer<typeof figureDataSchema>;
export type PageRun = z.infer<typeof pageRunSchema>;
export type PageRuns = z.infer<typeof pageRunsSchema>;

/** Name of the Vega signal that lists the hidden entries of the legend. */
export const HIDDEN_SIGNAL = 'hiddenEntries';
/** Name of the selection that is bound to the scales. */
export const ZOOM = 'zoom';

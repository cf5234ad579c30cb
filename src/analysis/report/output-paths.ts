/** Folder of the figures, beside the report. */
export const FIGURES_FOLDER = 'figures';
/** Folder of the tables as data. */
export const DATA_FOLDER = 'tables';

export interface OutputFile {
  /** Below the report's folder. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

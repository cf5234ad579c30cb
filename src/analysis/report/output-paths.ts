/** Folder of the figures, beside the report. */
export const FIGURES_FOLDER = 'figures';
/** Folder of the tables as data. */
export const DATA_FOLDER = 'tables';

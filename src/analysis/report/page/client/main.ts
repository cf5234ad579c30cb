import { startFigures } from './figures.js';
import { startPrinting } from './printing.js';
import { startRunDialog } from './run-dialog.js';
import { startSamples } from './samples.js';
import { startTables } from './tables.js';
import { startTheme } from './theme.js';

startTheme();
startTables();
const names = startRunDialog();
startSamples(names);
startFigures();
startPrinting();

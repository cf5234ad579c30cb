import { startFigures } from './figures.js';
import { startNumberKeys } from './number-keys.js';
import { startPrinting } from './printing.js';
import { startRunDialog } from './run-dialog.js';
import { startSamples } from './samples.js';
import { startTables } from './tables.js';
import { startTheme } from './theme.js';

startTheme();
startTables();
startNumberKeys();
const names = startRunDialog();
startSamples(names);
startFigures();
startPrinting();

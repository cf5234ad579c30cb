import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SweepError } from '../../../core/errors.js';

/** Programs on the path, the freest first. */
const PROGRAMS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
/** Where their installers put them. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** What a person is told to get where there is none. */
export const BROWSER_NEEDED =
  'Install Chromium, Chrome or Edge (apt install chromium), or name one: SWEEP_BROWSER=/path/to/chrome';

/**
 * The browser that prints pages: the file that `SWEEP_BROWSER` names, else the first that is installed; null for none.
 *
 * @throws SweepError `bad-call` when `SWEEP_BROWSER` names no file
 */
export function findBrowser(env: NodeJS.ProcessEnv): string | null {
  const named = env['SWEEP_BROWSER'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new SweepError('bad-call', {
      where: 'SWEEP_BROWSER',
      message: `there is no such file (got ${JSON.stringify(named)})`,
      fix: 'Name the program of Chromium, Chrome or Edge.',
    });
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...onPath, ...PLACES].find((file) => existsSync(file)) ?? null;
}

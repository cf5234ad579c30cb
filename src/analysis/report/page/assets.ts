import { existsSync, readFileSync } from 'node:fs';

/** The parts of a page that do not depend on its report. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** Beside this file in `dist`; a program that runs from `src` takes what was built last. */
const SCRIPTS = ['./client.js', '../../../../dist/analysis/report/page/client.js'];

/** Reads the style and the script. */
export function readPageAssets(): PageAssets {
  const script = SCRIPTS.map((path) => new URL(path, import.meta.url)).find((url) =>
    existsSync(url),
  );
  if (script === undefined) throw new Error('the script of the page is not built: npm run build');
  return {
    style: readFileSync(new URL('./page.css', import.meta.url), 'utf8'),
    script: readFileSync(script, 'utf8'),
  };
}

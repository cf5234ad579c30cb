import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { messageOf, SweepError } from '../../../core/errors.js';
import { BROWSER_NEEDED } from './find-browser.js';

/** A page of a thousand runs takes a few seconds; a browser that hangs takes for ever. */
const TIMEOUT_MS = 120_000;

/**
 * Prints a page that stands alone, with a headless browser in a profile of its own.
 *
 * **Determinism**: the same page, browser and fonts give the same bytes: the dates of printing are taken out.
 *
 * @param page HTML
 * @param signal ends the browser
 * @returns the PDF
 * @throws SweepError `unavailable` when the browser does not print
 */
export async function printPage(
  browser: string,
  page: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-print-'));
  try {
    const source = join(folder, 'report.html');
    const target = join(folder, 'report.pdf');
    writeFileSync(source, page);
    await promisify(execFile)(
      browser,
      [
        '--headless',
        '--disable-gpu',
        `--user-data-dir=${join(folder, 'profile')}`,
        // Chromium refuses to start as root (in a container) with its sandbox. The page runs its own script only.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--no-pdf-header-footer',
        '--generate-pdf-document-outline',
        `--print-to-pdf=${target}`,
        pathToFileURL(source).href,
      ],
      { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', ...(signal === undefined ? {} : { signal }) },
    );
    return withoutDates(readFileSync(target));
  } catch (error) {
    throw printError(browser, error);
  } finally {
    // A browser that was killed may still be writing to its profile.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Every byte keeps its place: a PDF lists the places of its objects. */
function withoutDates(pdf: Buffer): Uint8Array {
  const text = pdf.toString('latin1');
  return Buffer.from(
    text.replace(
      /(\/(?:CreationDate|ModDate) \(D:)\d{14}/g,
      (_, before: string) => `${before}19700101000000`,
    ),
    'latin1',
  );
}

function printError(browser: string, error: unknown): SweepError {
  const wasKilled = error instanceof Error && 'killed' in error && error.killed === true;
  const reason = wasKilled
    ? `it took longer than ${TIMEOUT_MS / 1000} s`
    : messageOf(error).trim().split('\n').at(-1);
  return new SweepError(
    'unavailable',
    {
      where: browser,
      message: `the page cannot be printed as PDF: ${reason ?? ''}`,
      fix: BROWSER_NEEDED,
    },
    { cause: error },
  );
}

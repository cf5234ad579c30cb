import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../../src/analysis/report/print/find-browser.js';
import { printPage } from '../../../../src/analysis/report/print/print-page.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const CHROMIUM = '/usr/bin/chromium';
const skipped = existsSync(CHROMIUM) ? '' : ` (skipped: there is no ${CHROMIUM})`;

/** A program of this name in a folder of its own. */
function program(name: string, script: string): { folder: string; file: string } {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return { folder, file };
}

describe('the browser that prints', () => {
  it('is the one that SWEEP_BROWSER names, else the first on the path', () => {
    const { folder, file } = program('chromium', '');
    const { folder: other } = program('google-chrome', '');
    expect(findBrowser({ PATH: `${other}:${folder}` })).toBe(file);
    expect(findBrowser({ PATH: folder, SWEEP_BROWSER: '/bin/sh' })).toBe('/bin/sh');
    expect(() => findBrowser({ PATH: folder, SWEEP_BROWSER: '/no/chrome' })).toThrow(
      'SWEEP_BROWSER  there is no such file (got "/no/chrome")',
    );
  });

  it('is named with what it said when it does not print', async () => {
    const { file } = program('chromium', 'echo "no display" >&2; exit 3');
    await expect(printPage(file, '<p>')).rejects.toThrow(
      `${file}  the page cannot be printed as PDF: no display\n    Install Chromium`,
    );
  });

  it('is ended when nobody wants its page any more', async () => {
    const { file } = program('chromium', 'exec sleep 600');
    const over = new AbortController();
    const printed = printPage(file, '<p>', over.signal);
    over.abort();
    await expect(printed).rejects.toThrow('the page cannot be printed as PDF');
  });

  it('need not give the same dates', async () => {
    const { file } = program(
      'chromium',
      'for a; do case $a in --print-to-pdf=*) echo "/CreationDate (D:20260102030405+00\'00\')" > "${a#*=}";; esac; done',
    );
    expect(Buffer.from(await printPage(file, '<p>')).toString()).toBe(
      "/CreationDate (D:19700101000000+00'00')\n",
    );
  });

  it.skipIf(skipped !== '')(`prints a page as PDF${skipped}`, { timeout: 120_000 }, async () => {
    const pdf = Buffer.from(await printPage(CHROMIUM, '<!doctype html><h1>One</h1>'));
    const text = pdf.toString('latin1');
    expect(text).toMatch(/^%PDF/);
    expect(text).toMatch(/\/Type \/Pages[^]*\/Count 1\b/);
    expect(text).not.toMatch(/\(D:(?!19700101000000)/);
  });
});

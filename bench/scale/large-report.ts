import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { resultsPaths, type ResultsPaths } from '../../src/core/run-folder/paths.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { logOf, writeRun } from '../../test/core/store/example-runs.js';
import type { Part } from './part.js';
import { count, median, sweep, took } from './program.js';
import { generateRuns } from './report-runs.js';

const CHROMIUM = '/usr/bin/chromium';
const SWEEP_NAME = 'grid';
const EPOCHS = 100;
const OPENINGS = 5;

/** The report of a thousand runs: written, and opened in a browser. */
export const measureLargeReport: Part = async (folder, _, add) => {
  const runs = generate(resultsPaths(join(folder, 'results')));
  const size = `${count(runs)} runs of ${EPOCHS} epochs`;
  const out = join(folder, 'report');
  const report = await sweep(folder, 'report', SWEEP_NAME, '--out', out);
  const page = join(out, 'index.html');
  const files = readdirSync(out, { recursive: true }).length;
  add(
    `\`sweep report\` of ${size}`,
    'under 30 s',
    `${took(report)}, ${report.cpuSeconds.toFixed(1)} s of processor time; ${files} files`,
  );
  const megabytes = (statSync(page).size / 1e6).toFixed(1);
  const what = `that page, ${megabytes} MB, opened in headless Chromium`;
  add(what, 'under 3 s', existsSync(CHROMIUM) ? await timePage(page) : `there is no ${CHROMIUM}`);
};

/** A database as runs leave it, without the training. */
function generate(paths: ResultsPaths): number {
  const runs = generateRuns(EPOCHS);
  for (const { file, events } of runs) writeRun(paths, file, logOf(events));
  const recorder = createRecorder(paths);
  recorder.ingestAll();
  recorder.recordSweep({
    ...{ name: SWEEP_NAME, title: 'A thousand runs', definitionFile: `${SWEEP_NAME}.yaml` },
    definitionText: `name: ${SWEEP_NAME}\n`,
    objective: { metric: 'val.nll', goal: 'minimize' },
    recordedAt: '2026-01-02T03:04:05.000Z',
    runs: runs.map(({ file, changes }, index) => ({
      ...{ name: `run-${index}`, runId: file.id, changes, replicate: null },
    })),
  });
  recorder.close();
  return runs.length;
}

/**
 * Until the page is laid out and answers, then until its first figure that is not on the screen yet is drawn: wall time,
 * and the time of the page's thread by the processor's clock, which other work on the machine does not change.
 */
async function timePage(file: string): Promise<string> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const opened: Times[] = [];
  const drawn: Times[] = [];
  for (let turn = 0; turn < OPENINGS; turn++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const begin = performance.now();
    const now = async (): Promise<Times> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      const thread = metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN;
      return { wall: (performance.now() - begin) / 1000, thread };
    };
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    // The next frame: what was laid out is on the screen, and events are answered.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    opened.push(await now());
    const figure = page.locator('figure[data-figure]').first();
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.plot svg').waitFor();
    drawn.push(await now());
    await page.close();
  }
  await browser.close();
  return `${inWords(opened)}; with the first figure ${inWords(drawn)} (medians of ${OPENINGS})`;
}

interface Times {
  /** Seconds since the page was asked for. */
  readonly wall: number;
  /** Seconds that the page's thread has worked. */
  readonly thread: number;
}

function inWords(times: readonly Times[]): string {
  const [wall, thread] = [times.map((one) => one.wall), times.map((one) => one.thread)].map(median);
  return `${wall?.toFixed(2) ?? ''} s, ${thread?.toFixed(2) ?? ''} s of processor time`;
}

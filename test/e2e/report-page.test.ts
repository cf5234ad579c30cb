import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { heatMap } from '../../src/analysis/figures/heat-map.js';
import { readPageAssets } from '../../src/analysis/report/page/assets.js';
import { renderPage } from '../../src/analysis/report/page/page.js';
import type { Report } from '../../src/analysis/report/report.js';
import { computed } from '../../src/analysis/provenance.js';
import { sourced, type Table } from '../../src/analysis/tables/table.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const CHROMIUM = '/usr/bin/chromium';
const PAGE = pathToFileURL('docs/example-report/index.html').href;
const skipped = existsSync(CHROMIUM) ? '' : ` (skipped: there is no ${CHROMIUM})`;

/** A report of one table and a map of four cells. */
function longReport(rows: number): Report {
  const table: Table = {
    columns: [
      { title: 'Run', align: 'left' },
      { title: 'Value', align: 'right' },
      { title: 'Distinct-1', align: 'right' },
    ],
    rows: Array.from({ length: rows }, (_, index) => [
      `run-${index}`,
      sourced(index, computed([`run-${index}`, 'run-0'], 'difference')),
    ]),
  };
  const named = { name: 'long', file: 'long', caption: [] } as const;
  return {
    title: 'Long',
    sections: [
      {
        sweep: 'long',
        title: 'long',
        blocks: [
          { kind: 'table', ...named, table },
          { kind: 'figure', ...named, file: 'map', alt: 'A map', spec: MAP },
        ],
      },
    ],
    runs: [],
  };
}

const MAP = heatMap(
  { metric: 'val.nll', goal: 'minimize', isDefault: false },
  {
    points: [90, 95, 100, 110].map((value, at) => ({ runIds: [], name: `run-${at}`, value })),
    keys: [],
  },
  [
    { key: 'a', scale: 'linear', values: [1, 1, 2, 2], levels: [1, 2] },
    { key: 'b', scale: 'linear', values: [1, 2, 1, 2], levels: [1, 2] },
  ],
);

async function hasFocus(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(':focus')).count()) === 1;
}

/** CSS pixels of a sheet of A4 between its margins: 180 mm. */
const PAPER = 680;

const axeSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
});

describe.skipIf(skipped !== '')(`the example report in a browser${skipped}`, () => {
  let browser: Browser;
  let page: Page;
  /** Requests beside the page itself, errors, and messages of the console. */
  const incidents: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    page.on('request', (request) => {
      if (request.url() !== PAGE) incidents.push(request.url());
    });
    page.on('console', (message) => incidents.push(message.text()));
    page.on('pageerror', (error) => incidents.push(String(error)));
    await page.goto(PAGE);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
  });

  it('switches a run off and on by the legend, in all figures', async () => {
    const figure = page.locator('[id="quickstart_curves"]');
    await figure.scrollIntoViewIfNeeded();
    const lines = figure.locator('.plot .mark-line path');
    await expect.poll(() => lines.count()).toBe(8);
    const medium = figure.getByRole('button', { name: 'medium' });
    await medium.click();
    expect(await medium.getAttribute('aria-pressed')).toBe('false');
    expect(await lines.count()).toBe(6);
    const scatter = page.locator('[id="quickstart_scatter"]');
    await scatter.scrollIntoViewIfNeeded();
    const other = scatter.getByRole('button', { name: 'medium' });
    expect(await other.getAttribute('aria-pressed')).toBe('false');
    await other.press('Enter');
    expect(await lines.count()).toBe(8);
  });

  it('tells run and epoch of the point that the arrow keys are at, and zooms', async () => {
    const figure = page.locator('[id="quickstart_curves"]');
    const plot = figure.locator('.plot');
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const tip = await figure.getByRole('status').innerText();
    expect(tip).toMatch(/^tiny\n[^]*Epoch: 1\nNLL \(nats per text\): [\d.]+$/);
    const ticks = figure.locator('.plot .role-axis-label text');
    const before = await ticks.allInnerTexts();
    await figure.getByRole('button', { name: 'Zoom in' }).click();
    expect(await ticks.allInnerTexts()).not.toEqual(before);
    await figure.getByRole('button', { name: 'Reset' }).click();
    expect(await ticks.allInnerTexts()).toEqual(before);
  });

  it('sorts a table by the values of a column, both ways', async () => {
    const table = page.locator('[id="quickstart_results"] table');
    const header = table.getByRole('columnheader').filter({ hasText: /^Test NLL$/ });
    const titles = await table.getByRole('columnheader').allInnerTexts();
    const place = titles.findIndex((title) => title.trim() === 'Test NLL') + 1;
    const values = async (): Promise<number[]> =>
      (await table.locator(`tbody tr td:nth-child(${place})`).allInnerTexts()).map(Number);
    const sorted = (await values()).sort((a, b) => a - b);
    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    expect(await values()).toEqual(sorted);
    await header.getByRole('button').click();
    expect(await values()).toEqual(sorted.toReversed());
  });

  it('shows configuration, seed and device of the run behind a number', async () => {
    await page.locator('[id="quickstart_results"] a.number').first().click();
    const dialog = page.getByRole('dialog');
    const text = await dialog.innerText();
    for (const part of ['Seed', 'Device', 'Commit', 'model.embedding'])
      expect(text).toContain(part);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
  });

  it('has one stop of the Tab key in a table, from which arrow keys go to its other numbers', async () => {
    const stops = await page.evaluate(
      `[...document.querySelectorAll('tbody')].map((body) =>
        [...body.querySelectorAll('a.number')].filter(({ tabIndex }) => tabIndex === 0).length)`,
    );
    expect(new Set(z.array(z.number()).parse(stops))).toEqual(new Set([0, 1]));

    const cells = page.locator('[id="quickstart_results"] tbody tr').filter({ visible: true });
    const number = (row: number, column: number): Locator =>
      cells.nth(row).locator('a.number').nth(column);
    await number(0, 0).focus();
    for (const [key, row, column] of [
      ['ArrowRight', 0, 1],
      ['ArrowDown', 1, 1],
      ['ArrowLeft', 1, 0],
      ['End', 1, -1],
      ['ArrowUp', 0, -1],
      ['Home', 0, 0],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await hasFocus(number(row, column))]).toEqual([key, true]);
    }
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await hasFocus(number(0, -1))).toBe(true);
  });

  it('tells by keyboard and to a screen reader what a number over several runs stands on', async () => {
    const number = page.locator('[id="quickstart_associations"] tbody a.number').first();
    await number.focus();
    await page.keyboard.press('ArrowRight');
    const source = /^Pearson r of val\.nll and .* of 4 runs: (?:[\da-f]{12}(?:, |$)){4}$/;
    const shown = await page.evaluate(`(() => {
      const { content, position } = getComputedStyle(document.activeElement, '::after');
      return { content, position, title: document.activeElement.title };
    })()`);
    const { title, ...panel } = z.record(z.string(), z.string()).parse(shown);
    expect(title).toMatch(source);
    expect(panel).toEqual({ content: `"${title ?? ''}" / ""`, position: 'fixed' });

    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const read = nodes.find(
      ({ role, properties }) =>
        role?.value === 'link' &&
        properties?.some(({ name, value }) => name === 'focused' && value.value === true),
    );
    expect(read).toMatchObject({
      name: { value: await page.locator(':focus').innerText() },
      description: { value: title },
    });

    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain(title);
    const runs = dialog.locator('summary');
    expect(await runs.count()).toBe(4);
    await runs.filter({ hasText: 'medium' }).press('Enter');
    expect(await dialog.innerText()).toContain('model.embedding');
    await page.keyboard.press('Escape');
    expect(await page.locator(':focus').getAttribute('title')).toBe(title);
  });

  it('puts the texts of two temperatures side by side', async () => {
    const columns = page.locator('.comparison .column');
    for (const [index, temperature] of ['0.01', '1'].entries()) {
      await columns.nth(index).locator('select').first().selectOption({ label: 'temperatures' });
      await columns.nth(index).locator('select').last().selectOption(temperature);
    }
    const texts = await columns.locator('.texts').allInnerTexts();
    expect(texts).toHaveLength(2);
    expect(texts[0]).not.toBe(texts[1]);
  });

  it('gives axe nothing to say, in light and in dark', async () => {
    await page.evaluate(axe.source);
    // What differs in the dark is the colours.
    for (const [colorScheme, call] of [
      ['light', 'axe.run()'],
      ['dark', "axe.run({ runOnly: ['color-contrast'] })"],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = axeSchema.parse(await page.evaluate(call));
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });

  it('pages, sorts and searches a long table by keyboard', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'long.html');
    writeFileSync(
      file,
      await renderPage(longReport(120), readPageAssets(), { figures: [], tables: false }),
    );
    const long = await browser.newPage();
    long.on('pageerror', (error) => incidents.push(String(error)));
    await long.goto(pathToFileURL(file).href);
    const shown = long.locator('tbody tr:visible');
    const status = long.getByRole('status');
    expect(await shown.count()).toBe(50);
    expect(await status.innerText()).toBe('Rows 1 to 50 of 120');
    await long.getByRole('button', { name: 'Next' }).press('Enter');
    expect(await shown.first().innerText()).toBe('run-50\t50');
    const stops = long.locator('td > a.number:not([tabindex="-1"])');
    expect(await stops.filter({ visible: true }).allInnerTexts()).toEqual(['50']);
    await stops.press('ArrowDown');
    await long.keyboard.press('Enter');
    const source = long.getByRole('dialog').locator('.source');
    expect(await source.innerText()).toBe('51: difference of 2 runs: run-51, run-0');
    await long.keyboard.press('Escape');
    await long.getByRole('button', { name: 'Value' }).press('Enter');
    await long.getByRole('button', { name: 'Value' }).press('Enter');
    expect(await shown.first().innerText()).toBe('run-119\t119');
    await long.getByRole('searchbox').fill('run-7');
    expect(await status.innerText()).toBe('Rows 1 to 11 of 11, found among 120');
    await long.getByRole('searchbox').fill('');

    // Dark text on bright cells and white text on dark ones, whatever the theme is.
    await long.emulateMedia({ colorScheme: 'dark' });
    const cells = long.locator('[id="map"] .mark-text.role-mark text');
    await cells.first().waitFor();
    const fills = await long.evaluate(
      `[...document.querySelectorAll('#map .mark-text.role-mark text')].map((text) => getComputedStyle(text).fill)`,
    );
    const [dark, white] = ['rgb(27, 31, 36)', 'rgb(255, 255, 255)'];
    expect(fills).toEqual([dark, dark, white, white]);

    // On a phone a head breaks between words only, and a table that goes on shows it.
    await long.setViewportSize({ width: 200, height: 700 });
    const look = await long.evaluate(`(() => {
      const region = document.querySelector('#long .scroll');
      return {
        lines: document.querySelector('#long .word').getClientRects().length,
        goesOn: region.scrollWidth > region.clientWidth,
        shades: getComputedStyle(region).backgroundAttachment,
        role: region.getAttribute('role'),
        tab: region.tabIndex,
      };
    })()`);
    const shades = 'local, local, scroll, scroll';
    expect(look).toEqual({ lines: 1, goesOn: true, shades, role: 'region', tab: 0 });
    await long.close();
  });

  it('prints an interval in one line, and nothing wider than the paper', async () => {
    const printed = await browser.newPage({ viewport: { width: PAPER, height: 900 } });
    printed.on('pageerror', (error) => incidents.push(String(error)));
    await printed.goto(PAGE);
    await printed.emulateMedia({ media: 'print' });
    await printed.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    await printed.locator('.waiting').first().waitFor({ state: 'detached' });
    const broken = await printed.evaluate(
      `[...document.querySelectorAll(':not(.long) > a.number')]
        .filter((number) => number.getClientRects().length > 1)
        .map(({ textContent }) => textContent)`,
    );
    expect(broken).toEqual([]);
    expect(await printed.evaluate('document.documentElement.scrollWidth')).toBe(PAPER);
    await printed.close();
  });

  it('asks for nothing and reports nothing', () => {
    expect(incidents).toEqual([]);
  });
});

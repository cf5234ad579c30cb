import type { FigureData } from '../page-data.js';
import type { DrawnFigure } from './draw-figure.js';
import { element } from './element.js';
import { valueText } from './points.js';

/** Rows that are listed at first, and with each press of the button. */
const PORTION = 100;

/** Lists the numbers of a figure as a table when its details are opened for the first time. */
export function startNumbers(
  figure: HTMLElement,
  { rows: all }: DrawnFigure,
  { axes }: FigureData,
): void {
  // Where a line is broken stands a row without numbers.
  const rows = all.filter((row) => axes === null || row[axes.x.field] !== null);
  const details = figure.querySelector<HTMLDetailsElement>('details.numbers');
  const fields = Object.keys(rows[0] ?? {});
  details?.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('table') !== null) return;
    const head = element(
      'tr',
      {},
      fields.map((text) => element('th', { text, attributes: { scope: 'col' } })),
    );
    const body = element('tbody');
    const more = element('button', { attributes: { type: 'button' } });
    more.addEventListener('click', add);
    const table = element('table', {}, [element('thead', {}, [head]), body]);
    details.append(
      element(
        'div',
        {
          class: 'scroll',
          attributes: {
            tabindex: '0',
            role: 'region',
            'aria-label': `Numbers of the figure ${figure.id.replaceAll('_', ' ')}`,
          },
        },
        [table],
      ),
      more,
    );
    add();

    function add(): void {
      for (const row of rows.slice(body.rows.length, body.rows.length + PORTION)) {
        body.append(
          element(
            'tr',
            {},
            fields.map((field) =>
              element('td', { text: row[field] === null ? '–' : valueText(row[field]) }),
            ),
          ),
        );
      }
      more.textContent = `${body.rows.length} of ${rows.length} rows: show more`;
      more.hidden = body.rows.length >= rows.length;
    }
  });
}

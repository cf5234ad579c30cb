import type { FigureLegend } from '../page-data.js';
import { button, element } from './element.js';

/** With more entries a field to search in them is shown. */
const MANY = 16;

export interface Legend {
  readonly element: HTMLElement;
  /** Shows which entries are hidden now. */
  update(): void;
}

/** Switches for the entries of a legend; `hidden` is shared by all figures. */
export function createLegend(
  legend: FigureLegend | null,
  hidden: Set<string>,
  onChange: () => void,
): Legend | null {
  if (legend === null || legend.entries.length === 0) return null;
  const switches = legend.entries.map(({ label, colour }) => {
    const one = button('', () => {
      if (!hidden.delete(label)) hidden.add(label);
      onChange();
    });
    one.append(
      element('span', {
        class: `swatch${colour === null ? '' : ` run-${colour}`}`,
        attributes: { 'aria-hidden': 'true' },
      }),
      label,
    );
    return { label, one };
  });
  const list = element(
    'div',
    { class: 'entries' },
    switches.map(({ one }) => one),
  );
  const whole = element(
    'div',
    {
      class: 'legend',
      attributes: { role: 'group', 'aria-label': `${legend.title}: shown or hidden` },
    },
    [...toolsOf(switches, hidden, onChange), list],
  );
  const update = (): void => {
    for (const { label, one } of switches) {
      one.setAttribute('aria-pressed', String(!hidden.has(label)));
    }
  };
  update();
  return { element: whole, update };
}

interface Switch {
  readonly label: string;
  readonly one: HTMLButtonElement;
}

function toolsOf(
  switches: readonly Switch[],
  hidden: Set<string>,
  onChange: () => void,
): HTMLElement[] {
  if (switches.length < 2) return [];
  const found = (): readonly Switch[] => switches.filter(({ one }) => !one.hidden);
  const all = button('Show all', () => {
    for (const { label } of found()) hidden.delete(label);
    onChange();
  });
  const none = button('Hide all', () => {
    for (const { label } of found()) hidden.add(label);
    onChange();
  });
  const tools = [all, none];
  if (switches.length <= MANY) return [element('div', { class: 'tools' }, tools)];
  const search = element('input', {
    attributes: { type: 'search', placeholder: 'Find', 'aria-label': 'Find an entry' },
  });
  search.addEventListener('input', () => {
    const text = search.value.toLowerCase();
    for (const { label, one } of switches) one.hidden = !label.toLowerCase().includes(text);
  });
  return [element('div', { class: 'tools' }, [search, ...tools])];
}

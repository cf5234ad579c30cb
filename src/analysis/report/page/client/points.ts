import * as z from 'zod/mini';
import type { FigureData } from '../page-data.js';
import type { DrawnFigure } from './draw-figure.js';
import { element } from './element.js';
import { coordinate } from './scale.js';
import type { Row } from './unpack.js';

/** A point is told when the pointer is at most so many pixels away. */
const REACH = 40;

/** Fields that steer the drawing and mean nothing to a reader. */
const INNER = /^(?:is|has)[A-Z]/;

/** Tells what the nearest point is: under the pointer, or as the arrow keys go from point to point. */
export function startPoints(
  plot: HTMLElement,
  figure: DrawnFigure,
  data: FigureData,
  hidden: ReadonlySet<string>,
): void {
  const { axes, legend } = data;
  if (axes === null) return;
  const tip = element('div', { class: 'tip', attributes: { role: 'status', hidden: '' } });
  const dot = element('div', { class: 'dot', attributes: { hidden: '' } });
  plot.append(dot, tip);
  plot.tabIndex = 0;
  let current = -1;

  plot.addEventListener('pointermove', (event) => {
    const box = plot.getBoundingClientRect();
    const pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    show(nearest(pointer));
  });
  plot.addEventListener('pointerleave', () => {
    show(-1);
  });
  plot.addEventListener('blur', () => {
    show(-1);
  });
  plot.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(-1);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = figure.rows.length - 1;
    let place = current < 0 ? (step > 0 ? 0 : last) : current + step;
    while (place >= 0 && place <= last && position(place) === null) place += step;
    if (place >= 0 && place <= last) show(place);
  });

  function nearest(pointer: { x: number; y: number }): number {
    let found = -1;
    let least = REACH;
    for (let place = 0; place < figure.rows.length; place += 1) {
      const at = position(place);
      const distance = at === null ? Infinity : Math.hypot(at.x - pointer.x, at.y - pointer.y);
      if (distance < least) [found, least] = [place, distance];
    }
    return found;
  }

  /** In pixels of the plot; null for a point that is not shown. */
  function position(place: number): { x: number; y: number } | null {
    const row = figure.rows[place];
    if (row === undefined || axes === null || row[axes.x.field] === null) return null;
    if (legend !== null && hidden.has(String(row[legend.field]))) return null;
    const { view } = figure;
    const [left, top] = view.origin();
    const padding = paddingOf(view.padding());
    const x = coordinate(view.scale('x'), row[axes.x.field]);
    const y = coordinate(view.scale('y'), row[axes.y.field]);
    const isInside = x >= 0 && x <= view.width() && y >= 0 && y <= view.height();
    return isInside ? { x: x + left + padding.left, y: y + top + padding.top } : null;
  }

  function show(place: number): void {
    current = place;
    const at = position(place);
    tip.hidden = at === null;
    dot.hidden = at === null;
    const row = figure.rows[place];
    if (at === null || row === undefined) return;
    tip.replaceChildren(...describe(row, data).map((text) => element('div', { text })));
    dot.style.translate = `${at.x}px ${at.y}px`;
    const room = plot.clientWidth - tip.offsetWidth;
    const x = Math.max(0, Math.min(at.x + 12, room));
    tip.style.translate = `${x}px ${at.y + 14}px`;
  }
}

function paddingOf(padding: unknown): { left: number; top: number } {
  if (typeof padding === 'number') return { left: padding, top: padding };
  const { left, top } = z.object({ left: z.number(), top: z.number() }).parse(padding);
  return { left, top };
}

/** Lines such as `medium`, `Epoch: 7`, `NLL (nats per text): 94.97`. */
function describe(row: Row, { axes, legend }: FigureData): string[] {
  const titles = new Map(
    [axes?.x, axes?.y].flatMap((axis) => (axis ? [[axis.field, axis.title]] : [])),
  );
  const lines = Object.entries(row)
    .filter(([field, value]) => field !== legend?.field && !INNER.test(field) && value !== null)
    .map(([field, value]) => `${titles.get(field) ?? capital(field)}: ${valueText(value)}`);
  return legend === null ? lines : [valueText(row[legend.field]), ...lines];
}

export function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

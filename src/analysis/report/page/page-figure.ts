import { z } from 'zod';
import {
  HIDDEN_SIGNAL,
  ZOOM,
  type FigureAxis,
  type FigureData,
  type FigureLegend,
} from './page-data.js';
import type { FigureSpec } from '../../figures/chart-theme.js';
import { compileFigure } from '../../figures/compile-figure.js';
import { packRows } from './pack-rows.js';
import { COLOURS } from '../../figures/palette.js';

/** What is read of an encoding; the rest is Vega-Lite's. */
const channelSchema = z.looseObject({
  field: z.string().optional(),
  type: z.string().optional(),
  title: z.string().nullish(),
  scale: z
    .looseObject({
      domain: z.array(z.unknown()).optional(),
      range: z.array(z.unknown()).optional(),
    })
    .nullish(),
});
const specSchema = z.looseObject({
  encoding: z
    .looseObject({
      x: channelSchema.optional(),
      y: channelSchema.optional(),
      color: channelSchema.optional(),
    })
    .optional(),
  layer: z.array(z.looseObject({ params: z.array(z.unknown()).optional() })).optional(),
  mark: z.unknown().optional(),
  /** A number of pixels, or an object: so much for each category. */
  width: z.unknown().optional(),
  params: z.array(z.unknown()).optional(),
  transform: z.array(z.unknown()).optional(),
});
type Spec = z.infer<typeof specSchema>;

/** What is read of a compiled specification. */
const vegaSchema = z.looseObject({
  data: z
    .array(
      z.looseObject({
        name: z.string(),
        values: z.array(z.record(z.string(), z.unknown())).optional(),
      }),
    )
    .optional(),
});

/**
 * A figure for the page, from the same specification as its files: without its title (the page has it as text) and its
 * legend (the page has switches instead), with a zoom where both axes have numbers, and with colours that follow the
 * page's theme. It is compiled here, so that the page needs Vega and not Vega-Lite.
 */
export async function pageFigure(figure: FigureSpec): Promise<FigureData> {
  const spec = specSchema.parse(structuredClone(figure));
  const legend = legendOf(spec);
  const axes = axesOf(spec);
  const isSingle = isSingleView(spec);
  const interactive = withInteraction(spec, { legend, isZoomable: axes !== null && isSingle });
  const compiled = vegaSchema.parse(await compileFigure(toFigureSpec(interactive)));
  const rows: Record<string, FigureData['rows'][string]> = {};
  for (const set of compiled.data ?? []) {
    if (set.values === undefined) continue;
    rows[set.name] = packRows(set.values);
    set.values = [];
  }
  return {
    vega: themed(compiled),
    rows,
    axes: isSingle ? axes : null,
    legend,
    isFluid: isSingle && hasFreeWidth(spec),
  };
}

function isSingleView({ layer, mark }: Spec): boolean {
  return layer !== undefined || mark !== undefined;
}

/** Cells of a map keep their size. */
function hasFreeWidth({ width }: Spec): boolean {
  return typeof width !== 'object';
}

/** The figure's entries by colour, when its colours stand for names. */
function legendOf({ encoding }: Spec): FigureLegend | null {
  const color = encoding?.color;
  const { field, scale, title } = color ?? {};
  const labels = scale?.domain;
  if (color?.type !== 'nominal' || field === undefined || labels === undefined) return null;
  return {
    field,
    title: title ?? field,
    entries: labels.map((label, index) => {
      const colour = COLOURS.findIndex((one) => one === scale?.range?.[index]);
      return { label: String(label), colour: colour < 0 ? null : colour };
    }),
  };
}

function axesOf({ encoding }: Spec): { x: FigureAxis; y: FigureAxis } | null {
  const [x, y] = [encoding?.x, encoding?.y].map((channel) =>
    channel?.type === 'quantitative' && channel.field !== undefined
      ? { field: channel.field, title: channel.title ?? channel.field }
      : null,
  );
  return x && y ? { x, y } : null;
}

function withInteraction(
  spec: Spec,
  { legend, isZoomable }: { legend: FigureLegend | null; isZoomable: boolean },
): Spec {
  const { title, ...changed }: Spec & { title?: unknown } = { ...spec };
  if (legend !== null) {
    const isShown = {
      filter: `indexof(${HIDDEN_SIGNAL}, datum[${JSON.stringify(legend.field)}]) < 0`,
    };
    changed.params = [{ name: HIDDEN_SIGNAL, value: [] }, ...(spec.params ?? [])];
    changed.transform = [isShown, ...(spec.transform ?? [])];
    const { encoding } = spec;
    if (encoding?.color !== undefined) {
      const shape = channelSchema.optional().parse(encoding['shape']);
      changed.encoding = {
        ...encoding,
        color: { ...encoding.color, legend: null },
        ...(shape === undefined ? {} : { shape: { ...shape, legend: null } }),
      };
    }
    changed.layer = spec.layer?.map(withoutShapeLegend);
  }
  if (isSingleView(spec) && hasFreeWidth(spec)) {
    Object.assign(changed, {
      height: PAGE_HEIGHT,
      autosize: { type: 'fit', contains: 'padding' },
      ...withLegendBelow(spec),
    });
  }
  if (!isZoomable) return changed;
  const zoom = { name: ZOOM, select: ZOOM_SELECTION, bind: 'scales' };
  const [first, ...others] = changed.layer ?? [];
  if (first === undefined) return { ...changed, params: [...(changed.params ?? []), zoom] };
  return { ...changed, layer: [{ ...first, params: [...(first.params ?? []), zoom] }, ...others] };
}

/** Pixels of a figure with its axes and the legend below it. */
const PAGE_HEIGHT = 440;

/** On a narrow screen a legend at the side would leave no room for the drawing. */
function withLegendBelow(spec: Spec): { config: Record<string, unknown> } {
  const { config } = z
    .looseObject({ config: z.looseObject({ legend: z.looseObject({}).optional() }).optional() })
    .parse(spec);
  return { config: { ...config, legend: { ...config?.legend, orient: 'bottom' } } };
}

/** With the wheel and Shift, so that the page can still be scrolled; by dragging with a mouse, not with a finger. */
const ZOOM_SELECTION = {
  type: 'interval',
  zoom: 'wheel![event.shiftKey]',
  translate: "[pointerdown[event.pointerType === 'mouse'], window:pointerup] > window:pointermove!",
};

function withoutShapeLegend(layer: NonNullable<Spec['layer']>[number]): typeof layer {
  const parsed = z
    .looseObject({ encoding: z.looseObject({ shape: z.looseObject({}).optional() }).optional() })
    .parse(layer);
  if (parsed.encoding?.shape === undefined) return layer;
  return {
    ...layer,
    encoding: { ...parsed.encoding, shape: { ...parsed.encoding.shape, legend: null } },
  };
}

/** Colours become variables of the page's style: it has a light and a dark value for each. */
function themed(value: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'background') return undefined;
    if (typeof inner !== 'string') return inner;
    const colour = COLOURS.findIndex((one) => one === inner);
    if (colour >= 0) return `var(--run-${colour})`;
    return inner === 'black' ? 'var(--ink)' : inner;
  });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** What was a specification before it was changed still is one. */
function toFigureSpec(spec: Spec): FigureSpec {
  return z.custom<FigureSpec>().parse(spec);
}

import { button, element } from './element.js';

/** Texts of one run at one moment and one temperature, as they stand in the page. */
interface SampleSet {
  readonly run: string;
  readonly moment: string;
  readonly temperature: string;
  readonly list: Element;
}

/** Columns that stand there at the beginning, and the most that can be added. */
const FIRST_COLUMNS = 2;
const MOST_COLUMNS = 6;

/** Puts a comparison side by side before the sampled texts of each section. */
export function startSamples(names: ReadonlyMap<string, string>): void {
  for (const section of document.querySelectorAll('section.sweep')) {
    const blocks = [...section.querySelectorAll<HTMLElement>('.samples')];
    const sets = blocks.map(readSet);
    const [first] = blocks;
    if (first === undefined || sets.length < 2) continue;
    const heading = [...section.querySelectorAll('h3')]
      .filter((one) => one.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING)
      .at(-1);
    (heading ?? first).after(comparison(sets, names));
  }
}

function readSet(block: HTMLElement): SampleSet {
  const { run = '', stage, epoch = '', temperature = '' } = block.dataset;
  const list = block.querySelector('ol');
  return {
    run,
    moment: stage === 'final' ? `best checkpoint (epoch ${epoch})` : `epoch ${epoch}`,
    temperature,
    list: list ?? block,
  };
}

function comparison(sets: readonly SampleSet[], names: ReadonlyMap<string, string>): HTMLElement {
  const columns = element('div', { class: 'columns' });
  const add = button('Add a column', () => {
    addColumn(sets[columns.children.length % sets.length]);
  });
  // One after the other in the report: the first columns show what differs most, the first and the last.
  const begin = Array.from({ length: FIRST_COLUMNS }, (_, index) =>
    sets.at(Math.round((index * (sets.length - 1)) / (FIRST_COLUMNS - 1))),
  );
  for (const set of begin) addColumn(set);
  return element(
    'div',
    {
      class: 'comparison',
      attributes: { role: 'group', 'aria-label': 'Sampled texts side by side' },
    },
    [
      element('p', {
        class: 'hint',
        text: 'Side by side: choose run, moment and temperature of each column.',
      }),
      columns,
      add,
    ],
  );

  function addColumn(set: SampleSet | undefined): void {
    if (set === undefined || columns.children.length >= MOST_COLUMNS) return;
    columns.append(
      column(set, sets, names, () => {
        add.disabled = columns.children.length >= MOST_COLUMNS;
      }),
    );
    add.disabled = columns.children.length >= MOST_COLUMNS;
  }
}

function column(
  set: SampleSet,
  sets: readonly SampleSet[],
  names: ReadonlyMap<string, string>,
  onRemoved: () => void,
): HTMLElement {
  const run = choice('Run', unique(sets.map((one) => one.run)), (id) => names.get(id) ?? id);
  const moment = choice('Moment', [], (text) => text);
  const temperature = choice('Temperature', [], (text) => text);
  const texts = element('div', { class: 'texts', attributes: { 'aria-live': 'polite' } });
  const remove = button('Remove', () => {
    whole.remove();
    onRemoved();
  });
  const whole = element('div', { class: 'column' }, [
    run.label,
    moment.label,
    temperature.label,
    texts,
    remove,
  ]);
  for (const one of [run, moment, temperature]) one.select.addEventListener('change', update);
  run.select.value = set.run;
  refill(set.moment, set.temperature);
  return whole;

  function update(): void {
    refill(moment.select.value, temperature.select.value);
  }

  /** What can be chosen depends on what was chosen before it; what was chosen stays where it can. */
  function refill(wantedMoment: string, wantedTemperature: string): void {
    const ofRun = sets.filter((one) => one.run === run.select.value);
    moment.fill(unique(ofRun.map((one) => one.moment)), wantedMoment);
    const ofMoment = ofRun.filter((one) => one.moment === moment.select.value);
    temperature.fill(unique(ofMoment.map((one) => one.temperature)), wantedTemperature);
    const found = ofMoment.find((one) => one.temperature === temperature.select.value);
    texts.replaceChildren(...(found === undefined ? [] : [found.list.cloneNode(true)]));
  }
}

interface Choice {
  readonly label: HTMLElement;
  readonly select: HTMLSelectElement;
  fill(values: readonly string[], wanted: string): void;
}

function choice(
  text: string,
  values: readonly string[],
  nameOf: (value: string) => string,
): Choice {
  const select = element('select');
  const label = element('label', { text: `${text} ` }, [select]);
  const fill = (list: readonly string[], wanted: string): void => {
    select.replaceChildren(
      ...list.map((value) => element('option', { text: nameOf(value), attributes: { value } })),
    );
    select.value = list.includes(wanted) ? wanted : (list[0] ?? '');
  };
  fill(values, values[0] ?? '');
  return { label, select, fill };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

import { pageRunsSchema, type PageRun, type PageRuns } from '../page-data.js';
import { button, element } from './element.js';
import { readJson } from './json.js';

/**
 * Opens the details of a run when a link to it (`#run-ID`) is followed.
 *
 * @returns names of the runs by id
 */
export function startRunDialog(): Map<string, string> {
  const script = document.querySelector('#run-data');
  if (script === null) return new Map();
  const { shared, runs } = pageRunsSchema.parse(readJson(script));
  const byId = new Map(runs.map((run) => [run.id, run]));
  const title = element('h2', { attributes: { id: 'run-title', tabindex: '-1' } });
  const content = element('div', { class: 'content' });
  const close = button('Close', () => {
    dialog.close();
  });
  const dialog = element(
    'dialog',
    { class: 'run', attributes: { 'aria-labelledby': 'run-title' } },
    [element('header', {}, [title, close]), content],
  );
  document.body.append(dialog);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#run-"]') : null;
    const run = byId.get(link?.getAttribute('href')?.slice(5) ?? '');
    if (run === undefined) return;
    event.preventDefault();
    title.textContent = run.name;
    const source = link?.getAttribute('title') ?? null;
    content.replaceChildren(
      ...(source === null
        ? []
        : [element('p', { class: 'source', text: `${link?.textContent ?? ''}: ${source}` })]),
      ...details(run, shared),
    );
    dialog.showModal();
    content.scrollTop = 0;
  });
  return new Map(runs.map(({ id, name }) => [id, name]));
}

function details(run: PageRun, shared: PageRuns['shared']): HTMLElement[] {
  const config = Object.entries({ ...shared, ...run.config }).sort(([a], [b]) =>
    a.localeCompare(b, 'en'),
  );
  return [facts(run.facts), element('h3', { text: 'Configuration' }), facts(config)];
}

function facts(pairs: readonly (readonly [string, string])[]): HTMLElement {
  return element(
    'dl',
    {},
    pairs.flatMap(([label, text]) => [element('dt', { text: label }), element('dd', { text })]),
  );
}

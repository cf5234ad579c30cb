import { pageRunsSchema, type PageRun, type PageRuns } from '../page-data.js';
import { runsOfAddress } from '../runs-address.js';
import { button, element } from './element.js';
import { readJson } from './json.js';

/**
 * Opens where a number comes from and the details of its runs when a link to them (`#run-ID,ID`) is followed.
 *
 * @returns names of the runs by id
 */
export function startRunDialog(): Map<string, string> {
  const script = document.querySelector('#run-data');
  if (script === null) return new Map();
  const { shared, runs } = pageRunsSchema.parse(readJson(script));
  const byId = new Map(runs.map((run) => [run.id, run]));
  const title = element('h2', { attributes: { id: 'run-title', tabindex: '-1' } });
  const source = element('p', { class: 'source', attributes: { id: 'run-source' } });
  const content = element('div', { class: 'content' });
  const close = button('Close', () => {
    dialog.close();
  });
  const dialog = element(
    'dialog',
    {
      class: 'run',
      attributes: { 'aria-labelledby': 'run-title', 'aria-describedby': 'run-source' },
    },
    [element('header', {}, [title, close]), content],
  );
  document.body.append(dialog);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const ids = runsOfAddress(link?.getAttribute('href') ?? '') ?? [];
    const shown = ids.flatMap((id) => byId.get(id) ?? []);
    if (link === null || (shown.length === 0 && !link.classList.contains('number'))) return;
    event.preventDefault();
    const [first] = shown;
    title.textContent = shown.length === 1 ? (first?.name ?? '') : `Source of ${link.textContent}`;
    source.textContent = link.title === '' ? '' : `${link.textContent}: ${link.title}`;
    content.replaceChildren(source, ...details(shown, shared));
    dialog.showModal();
    content.scrollTop = 0;
  });
  return new Map(runs.map(({ id, name }) => [id, name]));
}

/** Of several runs each is folded away under its name. */
function details(runs: readonly PageRun[], shared: PageRuns['shared']): HTMLElement[] {
  if (runs.length === 1) return runs.flatMap((run) => runDetails(run, shared));
  return runs.map((run) =>
    element('details', {}, [
      element('summary', { text: `${run.name} (${run.id})` }),
      ...runDetails(run, shared),
    ]),
  );
}

function runDetails(run: PageRun, shared: PageRuns['shared']): HTMLElement[] {
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

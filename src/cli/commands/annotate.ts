import { findRun } from '../../core/store/run-queries.js';
import { annotateRun, type AnnotationChange } from '../annotate-run.js';
import { withStore } from '../open-store.js';
import { note as say, printJson } from '../output.js';
import { plainText } from '../plain-text.js';
import type { ResultsOptions } from '../results.js';

/** Options of `sweep note` and `sweep tag`. */
export interface AnnotateOptions extends ResultsOptions {
  readonly remove?: true | undefined;
  readonly json?: true | undefined;
}

/** `sweep note RUN TEXT`: writes a note on a run; an empty text takes it away. @throws SweepError `bad-call` */
export function runNote(text: string, note: string, options: AnnotateOptions): void {
  annotate(text, { note }, options);
}

/** `sweep tag RUN TAG...`: gives a run tags, or takes them away. @throws SweepError `bad-call` */
export function runTag(text: string, tags: readonly string[], options: AnnotateOptions): void {
  annotate(text, options.remove === true ? { remove: tags } : { add: tags }, options);
}

function annotate(
  text: string,
  change: AnnotationChange,
  { json, ...options }: AnnotateOptions,
): void {
  const { paths, id, name } = withStore(options, (store) => {
    const run = findRun(store.db, text);
    return { paths: store.paths, id: run.id, name: run.name };
  });
  const { note, tags } = annotateRun(paths, id, change);
  if (json === true) {
    printJson({ version: 1, kind: 'annotations', id, name, note, tags });
    return;
  }
  const words = [
    note === null ? 'no note' : `note: ${plainText(note)}`,
    tags.length === 0 ? 'no tags' : `tags: ${tags.map(plainText).join(', ')}`,
  ];
  say(`${plainText(name)} (${id})  ${words.join('  ')}`);
}

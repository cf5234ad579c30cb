import type { DataListener } from '../sweeps/plan/plan-context.js';
import { createStatusLine, note } from './output.js';
import { plainText } from './plain-text.js';
import prettyBytes from 'pretty-bytes';

/** Shows downloads as they go, and warnings about the data, on stderr. */
export function createDataNotes(): DataListener {
  const status = createStatusLine();
  return {
    onProgress: ({ message, done, total }) => {
      const of = total === null ? '' : ` of ${prettyBytes(total)}`;
      if (done === total) status.clear();
      else status.update(`${message}  ${prettyBytes(done)}${of}`);
    },
    onWarning: ({ where, count, message }) => {
      status.clear();
      note(`warning: ${plainText(where)}  ${count} ${plainText(message)}`);
    },
  };
}

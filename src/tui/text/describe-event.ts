import prettyBytes from 'pretty-bytes';
import type { RunEvent } from '../../core/run-folder/event.js';
import { formatCompact, formatDuration, formatNll, formatTop1, plainText } from './format.js';

/** What happened, in one line. */
export function describeEvent(event: RunEvent): string {
  switch (event.type) {
    case 'started': {
      const { engine, device, threads } = event.actual;
      const from = event.fromEpoch === 0 ? '' : ` from epoch ${event.fromEpoch}`;
      return `attempt ${event.attempt}${from} on ${plainText(`${engine} ${device}`)}, threads ${threads}`;
    }
    case 'progress':
      return `epoch ${event.epoch} ${event.split} ${event.step}/${event.steps}  NLL ${formatNll(event.nll)}  ${formatCompact(event.textsPerSecond)} texts/s`;
    case 'epoch':
      return `epoch ${event.epoch}  val NLL ${formatNll(event.val.nll)}${event.improved ? '*' : ' '}  top-1 ${formatTop1(event.val.top1)}  ${formatDuration(event.trainSeconds + event.evaluateSeconds)}`;
    case 'checkpoint':
      return `${event.kind} checkpoint of epoch ${event.epoch}, ${prettyBytes(event.bytes)}`;
    case 'samples':
      return `${event.texts.length} ${event.texts.length === 1 ? 'text' : 'texts'} at temperature ${event.temperature}, epoch ${event.epoch}`;
    case 'evaluated':
      return `${event.split} NLL ${formatNll(event.nll)}  top-1 ${formatTop1(event.top1)}  of epoch ${event.epoch}`;
    case 'baselines':
      return `baselines on test: ${event.models.map(({ name, test }) => `${plainText(name)} NLL ${formatNll(test.nll)}`).join(', ')}`;
    case 'completed':
      return `${event.reason} after ${formatDuration(event.seconds)}`;
    case 'diverged':
      return `epoch ${event.epoch}: ${plainText(event.message)}`;
    case 'failed':
      return plainText(event.message);
    case 'stopped':
      return plainText(event.reason);
  }
}

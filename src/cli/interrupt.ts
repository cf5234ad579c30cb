import type { StopSignals } from '../sweeps/scheduler/follow-worker.js';
import { STOP_SIGNALS } from './hangup.js';

/** Signals of this process as aborts: the first Ctrl-C or SIGTERM stops cleanly, the second at once. */
export interface Interrupts {
  readonly signals: StopSignals;
  /** As if a signal had come. */
  readonly interrupt: () => void;
  /** Gives the process its usual behaviour back. */
  readonly dispose: () => void;
}

/** @param onFirst called once, to tell the user what happens now */
export function listenForInterrupts(onFirst: () => void): Interrupts {
  const stop = new AbortController();
  const kill = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) {
      kill.abort();
      return;
    }
    onFirst();
    stop.abort();
  };
  for (const name of STOP_SIGNALS) process.on(name, onSignal);
  return {
    signals: { stop: stop.signal, kill: kill.signal },
    interrupt: onSignal,
    dispose: () => {
      for (const name of STOP_SIGNALS) process.off(name, onSignal);
    },
  };
}

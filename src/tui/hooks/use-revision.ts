import { useEffect, useState } from 'react';
import type { DashboardModel } from '../model/dashboard-model.js';
import type { EndingWhereItFails } from './use-failure.js';

/** At most four updates a second. */
const POLL_MS = 250;
/** Where the processors are all at work: several dashboards are not to take from the runs what they show of them. */
const POLL_MS_WHEN_FULL = 1000;

/** Renders again when the model says that something has changed, and only then. */
export function useRevision(model: DashboardModel, endingWhereItFails: EndingWhereItFails): number {
  const [revision, setRevision] = useState(model.revision);
  useEffect(() => {
    let polledMs = -Infinity;
    const timer = setInterval(() => {
      const nowMs = performance.now();
      // Timers are a little early or late: the one that is nearest counts.
      if (model.isMachineFull && nowMs - polledMs < POLL_MS_WHEN_FULL - POLL_MS / 2) return;
      polledMs = nowMs;
      endingWhereItFails(() => {
        if (model.poll()) setRevision(model.revision);
      });
    }, POLL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [model, endingWhereItFails]);
  return revision;
}

import { useEffect, useState } from 'react';
import type { DashboardModel } from '../model/dashboard-model.js';
import type { EndingWhereItFails } from './use-failure.js';

/** At most four updates a second. */
const POLL_MS = 250;

/** Renders again when the model says that something has changed, and only then. */
export function useRevision(model: DashboardModel, endingWhereItFails: EndingWhereItFails): number {
  const [revision, setRevision] = useState(model.revision);
  useEffect(() => {
    const timer = setInterval(() => {
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

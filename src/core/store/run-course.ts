import { z } from 'zod';
import type { RunEvent } from '../run-folder/event.js';

const integer = z.int().nullable();
const number = z.number().nullable();
const text = z.string().nullable();

/** The columns of `runs` that are folded from its events, one event at a time, and the ingestion cursor. */
export const runCourseSchema = z.object({
  startedAt: text,
  endedAt: text,
  attempts: z.int(),
  outcome: z.enum(['completed', 'diverged', 'failed', 'stopped']).nullable(),
  outcomeReason: text,
  outcomeMessage: text,
  outcomeEpoch: integer,
  totalSeconds: number,
  /** Seconds of the attempts before this one. */
  earlierSeconds: z.number(),
  attemptStartedAt: text,
  device: text,
  engine: text,
  engineVersion: text,
  threads: integer,
  microBatch: integer,
  textsTrain: integer,
  textsVal: integer,
  textsTest: integer,
  node: text,
  sweepVersion: text,
  gitCommit: text,
  gitDirty: z.union([z.literal(0), z.literal(1)]).nullable(),
  host: text,
  pid: integer,
  progressEpoch: integer,
  progressSplit: z.enum(['train', 'val', 'test']).nullable(),
  progressStep: integer,
  progressSteps: integer,
  progressNll: number,
  progressRate: number,
  lastEventAt: text,
  /** Up to where the record was taken in: the latest attempt that counts, and the byte of its log. */
  attempt: z.int().nonnegative(),
  eventsBytes: z.int().nonnegative(),
  lastSeq: z.int().nonnegative(),
});

export type RunCourse = z.infer<typeof runCourseSchema>;

const NO_OUTCOME = {
  endedAt: null,
  outcome: null,
  outcomeReason: null,
  outcomeMessage: null,
  outcomeEpoch: null,
} satisfies Partial<RunCourse>;

const NO_PROGRESS = {
  progressEpoch: null,
  progressSplit: null,
  progressStep: null,
  progressSteps: null,
  progressNll: null,
  progressRate: null,
} satisfies Partial<RunCourse>;

/** Of a run of which nothing was taken in: the defaults of the table. */
export const NEW_COURSE: RunCourse = {
  startedAt: null,
  attempts: 0,
  ...NO_OUTCOME,
  totalSeconds: null,
  earlierSeconds: 0,
  attemptStartedAt: null,
  ...{ device: null, engine: null, engineVersion: null, threads: null, microBatch: null },
  ...{ textsTrain: null, textsVal: null, textsTest: null },
  ...{ node: null, sweepVersion: null, gitCommit: null, gitDirty: null, host: null, pid: null },
  ...NO_PROGRESS,
  lastEventAt: null,
  attempt: 0,
  eventsBytes: 0,
  lastSeq: 0,
};

/** The course after one more event. */
export function advanceCourse(course: RunCourse, event: RunEvent): RunCourse {
  // Assigned to a copy: an object of so many fields that is put together from several is ten times as slow.
  const next = { ...course };
  for (const change of changesBy(course, event)) Object.assign(next, change);
  next.totalSeconds = totalSeconds(course, event);
  next.lastEventAt = event.time;
  next.lastSeq = event.seq;
  return next;
}

/** In their order: a later one stands. */
function changesBy(course: RunCourse, event: RunEvent): Partial<RunCourse>[] {
  switch (event.type) {
    case 'started':
      return [NO_OUTCOME, NO_PROGRESS, startOf(course, event)];
    case 'progress':
      return [
        {
          progressEpoch: event.epoch,
          progressSplit: event.split,
          progressStep: event.step,
          progressSteps: event.steps,
          progressNll: event.nll,
          progressRate: event.textsPerSecond,
        },
      ];
    case 'epoch':
      return [NO_PROGRESS];
    case 'completed':
      return [...endOf(event), { outcomeReason: event.reason }];
    case 'diverged':
      return [...endOf(event), { outcomeMessage: event.message, outcomeEpoch: event.epoch }];
    case 'failed':
      return [...endOf(event), { outcomeMessage: event.message }];
    case 'stopped':
      return [...endOf(event), { outcomeReason: event.reason }];
    case 'checkpoint':
    case 'samples':
    case 'evaluated':
    case 'baselines':
      return [];
  }
}

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** A new attempt takes back the outcome of the one before. */
function startOf(course: RunCourse, event: EventOf<'started'>): Partial<RunCourse> {
  const { actual, environment } = event;
  return {
    startedAt: course.startedAt ?? event.time,
    attempts: course.attempts + 1,
    earlierSeconds: course.totalSeconds ?? 0,
    attemptStartedAt: event.time,
    device: actual.device,
    engine: actual.engine,
    engineVersion: actual.engineVersion,
    threads: actual.threads,
    microBatch: actual.microBatch,
    textsTrain: actual.texts?.train ?? null,
    textsVal: actual.texts?.val ?? null,
    textsTest: actual.texts?.test ?? null,
    node: environment.node,
    sweepVersion: environment.sweep,
    gitCommit: environment.gitCommit,
    gitDirty: environment.gitDirty === null ? null : environment.gitDirty ? 1 : 0,
    host: environment.host,
    pid: environment.pid,
  };
}

function endOf(
  event: EventOf<'completed' | 'diverged' | 'failed' | 'stopped'>,
): Partial<RunCourse>[] {
  return [NO_OUTCOME, NO_PROGRESS, { outcome: event.type, endedAt: event.time }];
}

/** Seconds of all attempts up to this event. Only an event that ends an attempt knows the time before `started`. */
function totalSeconds(course: RunCourse, event: RunEvent): number | null {
  if (event.type === 'started') return course.totalSeconds ?? 0;
  if (event.type === 'completed' || event.type === 'diverged') {
    return course.earlierSeconds + event.seconds;
  }
  if (course.attemptStartedAt === null) return course.totalSeconds;
  // A clock that was set back must not take time away.
  const attemptMs = Math.max(0, Date.parse(event.time) - Date.parse(course.attemptStartedAt));
  return course.earlierSeconds + attemptMs / 1000;
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cleanup } from 'ink-testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readAnnotations } from '../../src/core/run-folder/annotations.js';
import { createCoordinator } from '../../src/core/run-folder/coordinators.js';
import { ownHolder } from '../../src/core/run-folder/holder.js';
import { announceNextTry, clearNextTry } from '../../src/core/run-folder/next-try.js';
import { writeRetention } from '../../src/core/run-folder/retention.js';
import { writeStopRequest } from '../../src/core/run-folder/stop-request.js';
import { type Coordination, NO_COORDINATION } from '../../src/tui/actions.js';
import { annotateRun, type AnnotationChange } from '../../src/cli/annotate-run.js';
import { DashboardModel } from '../../src/tui/model/dashboard-model.js';
import { createRecorder } from '../../src/core/store/recorder.js';
import { epoch, exampleSweep, started } from '../core/store/example-runs.js';
import { continueRun, createExampleStudy, type ExampleStudy } from './example-study.js';
import { renderDashboard } from './render-dashboard.js';
import { settle } from './settle.js';

const ENTER = '\r';
const ESCAPE = '\u001b';
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const LEFT = '\u001b[D';
const RIGHT = '\u001b[C';
const BACKSPACE = '\u007f';
const CTRL_C = '\u0003';

let study: ExampleStudy;
let model: DashboardModel;
const onQuit = vi.fn();
const AT_WORK = { ...NO_COORDINATION, isAtWork: true, begunMs: 0 };
let coordination: Coordination;
const actions = {
  coordination: () => coordination,
  setPaused: vi.fn(),
  setJobs: vi.fn(),
  stopSweep: vi.fn(),
  stopRun: vi.fn(),
  retry: vi.fn(),
  annotate: vi.fn((runId: string, change: AnnotationChange) => {
    annotateRun(study.paths, runId, change);
  }),
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  vi.stubEnv('TZ', 'Asia/Kolkata'); // times are those of the clock beside the terminal
  study = createExampleStudy();
  model = new DashboardModel(study.paths, 'study');
  vi.clearAllMocks();
  coordination = AT_WORK;
});

afterEach(() => {
  cleanup();
  model.close();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function show({ ownsWork = false } = {}) {
  return renderDashboard(model, {
    actions,
    correlate: (nll) => ({ r: -0.5, low: -0.9, high: nll.length / 10, reason: null }),
    ownsWork,
    onQuit,
  });
}

/** Types, and lets Ink hand on an escape that it holds back in case it begins a sequence. */
async function type(screen: ReturnType<typeof show>, ...keys: string[]): Promise<string> {
  for (const key of keys) {
    screen.stdin.write(key);
    await settle();
  }
  return screen.lastFrame();
}

const lineWith = (frame: string, text: string): string =>
  frame.split('\n').find((line) => line.includes(text)) ?? '';
const runsOf = (frame: string): string[] =>
  [
    ...frame.matchAll(/^[❯ ][• ] (?:running|completed|stopped|failed|diverged|planned) +(\S+)/gm),
  ].map(([, name]) => name!);

test('the overview says where the sweep stands', () => {
  const frame = show().lastFrame();
  const [title, states, pace, machine, best] = frame.split('\n');
  expect(title).toMatch(/^study {2}Seven runs +1 at work$/);
  expect(states).toMatch(
    /^1 planned {2}1 running {2}2 completed {2}1 diverged {2}1 failed {2}1 stopped/,
  );
  expect(states).toMatch(/42% of 7$/);
  expect(pace).toMatch(/^elapsed .* left ≈.* speed 1\.28k tokens\/s/);
  expect(machine).toMatch(/^memory .*B of .*B {2}on cpu 1 run /);
  expect(best).toMatch(
    /^best better {2}val\.nll 38\.50 {2}val\.top1 0\.4615 {2}epoch 1 {2}parameters 2,000/,
  );
});

test('the overview says what of each GPU is in use, and what the runs of each device take', async () => {
  model.close();
  const gpu = { name: '0', busy: 0.97, memoryUsedBytes: 41e9, memoryTotalBytes: 80e9 };
  const other = { ...gpu, name: '1', busy: null, memoryUsedBytes: null };
  model = new DashboardModel(study.paths, 'study', {
    readGpus: () => Promise.resolve([gpu, other]),
  });
  const screen = show();
  await settle();
  vi.advanceTimersByTime(2000);
  await settle();
  expect(screen.lastFrame()).toMatch(
    /\n(cpu \d+% {2})?memory [^\n]+ {2}gpu 0 97% 41 GB of 80 GB {2}gpu 1 –(?: {2}|\n)on cpu 1 run [\d.]+ cores [\d.]+ MB *\nbest/,
  );
  expect(lineWith(await type(screen, DOWN, DOWN, ENTER), 'running')).toMatch(
    /^busy {2}\w{12} {2}worker [\d.]+ cores [\d.]+ MB +running$/,
  );
});

test('looks four times a second, and once where the machine has no processor time left', async () => {
  let cpu = 0.5;
  model.close();
  model = new DashboardModel(study.paths, 'study', {
    readMachine: () => ({ cpu, memoryUsedBytes: 1, memoryTotalBytes: 2 }),
  });
  const poll = vi.spyOn(model, 'poll');
  show();
  await settle();
  vi.advanceTimersByTime(3000);
  expect(poll).toHaveBeenCalledTimes(12);
  cpu = 0.99;
  vi.advanceTimersByTime(1000); // until it has looked at the machine again
  poll.mockClear();
  vi.advanceTimersByTime(3000);
  expect(poll).toHaveBeenCalledTimes(3);
  cpu = 0.5;
  vi.advanceTimersByTime(1000);
  poll.mockClear();
  vi.advanceTimersByTime(3000);
  expect(poll).toHaveBeenCalledTimes(12);
});

test('a run is a line: state, what it varies, epoch, course, scores, progress, time left', () => {
  const frame = show().lastFrame();
  expect(lineWith(frame, 'busy')).toMatch(
    /running +busy +learningRate 0\.01 {2}seed 3 +2\/5 +█▁ +52\.00 +0\.4480 +█+░+ +\d+s$/,
  );
  expect(lineWith(frame, 'later')).toMatch(
    /planned +later +learningRate 0\.01 {2}seed 7 +0\/5 +– +– +░+$/,
  );
});

test('s sorts, S turns the order round', async () => {
  const screen = show();
  expect(runsOf(await type(screen, 's'))).toEqual([
    ...['better', 'done', 'busy', 'killed', 'wild', 'broken', 'later'],
  ]);
  expect(runsOf(await type(screen, 'S')).slice(0, 2)).toEqual(['wild', 'killed']);
  expect(screen.lastFrame()).toContain('sorted by best reversed');
});

test('/ filters while it is typed, Enter keeps it, Esc takes it away', async () => {
  const screen = show();
  expect(runsOf(await type(screen, '/', 'f', 'a'))).toEqual(['broken']);
  expect(runsOf(await type(screen, ENTER))).toEqual(['broken']);
  expect(screen.lastFrame()).toContain('filter fa');
  expect(runsOf(await type(screen, ESCAPE))).toHaveLength(7);
  expect(await type(screen, '/', 'zz')).toContain('No run fits the filter.');
  expect(runsOf(await type(screen, ESCAPE))).toHaveLength(7);
});

test('g groups by each key that varies, and then by none', async () => {
  const screen = show();
  const frame = await type(screen, 'g');
  expect(frame).toContain('grouped by train.learningRate');
  expect(lineWith(frame, 'learningRate 0.001  3 runs')).toContain('best 38.50');
  expect(await type(screen, 'g')).toContain('grouped by seed');
  expect(await type(screen, 'g')).not.toContain('grouped');
});

test('keys that arrive together are all heard', async () => {
  const screen = show();
  const frame = await type(screen, `${DOWN}${DOWN} ${DOWN}`);
  expect(lineWith(frame, '❯')).toContain('broken');
  expect(lineWith(frame, '•')).toContain('busy');
  expect(runsOf(await type(screen, '/bro\r'))).toEqual(['broken']);
});

test('Escape and a key that arrive together are both heard', async () => {
  const screen = show();
  await type(screen, '?');
  expect(await type(screen, `${ESCAPE}s`)).toContain('sorted by best');
});

test('? shows the keys and takes them away', async () => {
  const screen = show();
  expect(await type(screen, '?')).toContain('stop the sweep');
  expect(await type(screen, '?')).not.toContain('stop the sweep');
  await type(screen, '?');
  expect(await type(screen, ESCAPE)).not.toContain('stop the sweep');
});

test('q quits where the work was started elsewhere, and asks where it would end it', async () => {
  await type(show(), 'q');
  expect(onQuit).toHaveBeenCalledExactlyOnceWith('quit');
  onQuit.mockClear();
  const owner = show({ ownsWork: true });
  expect(await type(owner, 'q')).toMatch(/Stop the sweep\?.* +y stop and quit {2}esc no$/);
  await type(owner, 'x');
  expect(onQuit).not.toHaveBeenCalled();
  expect(await type(owner, ESCAPE)).not.toContain('Stop the sweep?');
  await type(owner, 'q', 'y');
  expect(onQuit).toHaveBeenCalledExactlyOnceWith('quit');
});

test('Ctrl-C is an interrupt, even while a text is typed', async () => {
  await type(show(), '/', 'a', CTRL_C);
  expect(onQuit).toHaveBeenCalledExactlyOnceWith('interrupt');
});

test('what a worker reports is on the screen with the next update', async () => {
  const screen = show();
  await settle();
  expect(lineWith(screen.lastFrame(), 'busy')).toContain('52.00');
  continueRun(study, 'busy', [epoch(2, 35)]);
  vi.advanceTimersByTime(2000);
  await settle();
  expect(lineWith(screen.lastFrame(), 'running    busy')).toMatch(/3\/5.*35\.00/);
  expect(lineWith(screen.lastFrame(), 'best')).toContain('busy');
});

test('a run that stands on a result which is not there yet waits in the table and says for what', async () => {
  const recorder = createRecorder(study.paths);
  const sweep = exampleSweep('next', [study.runs.done]);
  const waiting = {
    ...{ name: 'sampled', changes: { 'train.maxEpochs': 30 }, replicate: null },
    waitingFor: 'the best of study is known when the runs to choose from have ended',
  };
  recorder.recordSweep({ ...sweep, runs: [waiting, ...sweep.runs] });
  recorder.close();
  model.close();
  model = new DashboardModel(study.paths, 'next');
  const screen = show();
  expect(screen.lastFrame()).toMatch(/^1 waiting {2}1 completed .*50% of 2$/m);
  expect(lineWith(screen.lastFrame(), '❯')).toMatch(
    /waiting +sampled +maxEpochs 30 +– +– +– +░+ *$/,
  );
  for (const key of ['x', 'r', 'n', 't', 'c', ' '])
    expect(await type(screen, key)).toContain('sampled waits: the best of study is known when');
  expect(await type(screen, ENTER)).toMatch(
    /^sampled +waiting\nthe best of study is known when [^]+\ntrain\.maxEpochs {2}30\n/,
  );
  expect(await type(screen, ESCAPE, 'R')).toContain('No run has failed or was stopped.');
  expect(actions.stopRun).not.toHaveBeenCalled();
});

test('a run that was tried again says so, in the table and by itself, and what was asked of it', async () => {
  continueRun(study, 'killed', [
    started(2, 1),
    { type: 'failed', message: `again ${'and '.repeat(40)}`, stack: null },
  ]);
  const run = study.paths.run(study.runs.killed.id);
  const { checkpoints, checkpointBest } = run.attempt(1);
  mkdirSync(checkpoints, { recursive: true });
  writeFileSync(checkpointBest, 'model');
  for (const number of [1, 2, 3, 4, 5, 6, 7])
    writeFileSync(`${checkpoints}/epoch-${number}.safetensors`, '12');
  writeRetention(run, 'improvements');
  model.poll();
  const screen = show();
  expect(screen.lastFrame()).toMatch(/ ATT +EPOCH/);
  expect(lineWith(screen.lastFrame(), 'killed')).toMatch(/^ {3}failed +killed .* 2 +1\/5 /);
  const opened = await type(screen, DOWN, DOWN, DOWN, ENTER);
  expect(opened).toMatch(
    /killed +\w{12} +failed\nagain and [and ]+\nand [and ]+\nepoch 1\/5.* attempt 2/,
  );
  expect(opened).toContain('Checkpoints  keep improvements');
  expect(opened).toMatch(/earlier {2}epoch 7 +2 B {2}epoch-7\.safe/);
  expect(opened).toContain('and 1 earlier');
  writeFileSync(run.retryRequest, '{}');
  vi.advanceTimersByTime(2000);
  await settle();
  expect(screen.lastFrame()).toMatch(/killed +\w{12} +to be tried again +failed/);
});

test('a failed run that is tried again by itself says so and when, for as long as it waits', async () => {
  const run = study.paths.run(study.runs.broken.id);
  const screen = show();
  const coordinator = { owner: 'a', holder: ownHolder(), database: '' };
  createCoordinator(study.paths, 1, coordinator);
  announceNextTry(run, { at: '2099-01-01T10:11:12.000Z', number: 1, of: 2, coordinator: 1 });
  await look(screen, 60_000);
  expect(lineWith(screen.lastFrame(), 'broken')).toMatch(/^ {3}retrying +broken/);
  const opened = await type(screen, ...Array.from({ length: 4 }, () => DOWN), ENTER);
  expect(opened).toMatch(/broken +\w{12} +next try 15:41:12, 1 of 2: no memory left +retrying/);
  clearNextTry(run);
  await look(screen, 120_000);
  expect(lineWith(await type(screen, ESCAPE), 'broken')).toMatch(/^❯ {2}failed +broken/);
});

/** As when some seconds have gone by: folders are looked at, and what has changed is drawn with the next key. */
async function look(screen: ReturnType<typeof show>, afterMs: number): Promise<void> {
  model.poll(performance.now() + afterMs);
  await type(screen, UP);
}

test('a run that is asked to end says so until it has', async () => {
  const screen = show();
  await type(screen, DOWN, DOWN, ENTER);
  const to = { coordinator: null, attempt: 1 };
  writeStopRequest(study.paths.run(study.runs.busy.id), 'epoch', to);
  vi.advanceTimersByTime(2000);
  await settle();
  expect(lineWith(screen.lastFrame(), 'running')).toMatch(
    /asked to stop after its epoch +running$/,
  );
});

test('a sweep of which nothing runs is drawn once and never again', async () => {
  rmSync(study.paths.run(study.runs.busy.id).attempt(1).lease);
  model.close();
  model = new DashboardModel(study.paths, 'study');
  const screen = show();
  expect(screen.lastFrame()).toContain('nothing runs');
  await settle();
  expect(vi.getTimerCount()).toBe(2);
  const drawn = screen.frames.length;
  vi.advanceTimersByTime(60_000);
  await settle();
  expect(screen.frames).toHaveLength(drawn);
});

test('Enter opens a run: curves with the best epoch marked, changes, texts, events, log, checkpoints', async () => {
  writeFileSync(
    study.paths.run(study.runs.done.id).attempt(1).log,
    'a first line\n\u001b[31mred\u001b[0m line\n',
  );
  const screen = show();
  const frame = await type(screen, ENTER);
  expect(frame).toMatch(/^done {2}[0-9a-f]{12} {2}early-stopping +completed$/m);
  expect(frame).toContain('test NLL 41.00');
  expect(frame).toMatch(/^51\.00 │[⠀-⣿]/m);
  expect(frame).toMatch(/└─+▲─+/);
  expect(frame).toContain('best 1');
  expect(frame).toMatch(/train\.learningRate {2}0\.01$/m);
  expect(frame).toContain('at the end, best epoch 1  3 of 3');
  expect(frame).toMatch(/^ +.*colder$/m);
});

test('left and right step through the texts of the epochs', async () => {
  const screen = show();
  expect(await type(screen, ENTER)).toContain('cold');
  const later = await type(screen, LEFT);
  expect(later).toContain('after epoch 1  2 of 3');
  expect(later).toContain('later');
  const early = await type(screen, LEFT, LEFT, LEFT);
  expect(early).toContain('drossel “ü”');
  expect(await type(screen, RIGHT)).toContain('after epoch 1  2 of 3');
});

test('the run view can be read to its end, and its line breaks and colours stay its own', async () => {
  const { log, checkpoints, checkpointBest } = study.paths.run(study.runs.done.id).attempt(1);
  writeFileSync(log, 'a first line\n\u001b[31mred\u001b[0m line\n');
  mkdirSync(checkpoints, { recursive: true });
  writeFileSync(checkpointBest, ''); // one that is not there any more is not shown
  const screen = show();
  await type(screen, ENTER);
  const seen = new Set<string>();
  for (let step = 0; step < 30; step += 1) {
    for (const line of (await type(screen, DOWN)).split('\n')) seen.add(line.trimEnd());
  }
  const all = [...seen].join('\n');
  expect(all).toContain('red line');
  expect(all).not.toContain('\u001b');
  expect(all).toMatch(/train\.maxEpochs +5/);
  expect(all).toMatch(/best {2}epoch 1 +99 B {2}best\.safe/);
  expect(all).toMatch(/05:30:17 {2}completed {2}early-stopping after 30s/);
});

test('an open run follows its worker', async () => {
  const screen = show();
  await settle();
  await type(screen, DOWN, DOWN, ENTER);
  expect(screen.lastFrame()).toMatch(/^busy .*running$/m);
  continueRun(study, 'busy', [epoch(2, 35)]);
  vi.advanceTimersByTime(2000);
  await settle();
  expect(screen.lastFrame()).toMatch(/^epoch 3\/5 {2}val NLL 35\.00/m);
  expect(screen.lastFrame()).toMatch(/epoch +epoch 2 {2}val NLL 35\.00/);
});

test('marked runs are laid over one another, each with its letter', async () => {
  const screen = show();
  const frame = await type(screen, ' ', ' ', DOWN, ' ', 'c');
  expect(frame).toMatch(/^ a done .*NLL 40\.00 {2}top-1 0\.4600 {2}epoch 1$/m);
  expect(frame).toMatch(/^ b better .*NLL 38\.50/m);
  expect(frame).toMatch(/^ c killed .*NLL 60\.00/m);
  expect(frame).toMatch(/│[⠀-⣿ ]*b$/m);
  expect(await type(screen, ESCAPE)).toContain('Runs 7');
});

test('p pauses and goes on, and says so', async () => {
  const screen = show();
  expect(await type(screen, 'p')).toContain('Paused: no new run starts');
  expect(actions.setPaused).toHaveBeenLastCalledWith(true);
  coordination = { ...AT_WORK, isPaused: true };
  expect(await type(screen, 'p')).toContain('The sweep goes on.');
  expect(actions.setPaused).toHaveBeenLastCalledWith(false);
});

test('what somebody else told the sweep is seen as well', async () => {
  const screen = show();
  await settle();
  coordination = { ...AT_WORK, isPaused: true, jobs: 3 };
  vi.advanceTimersByTime(1500);
  await settle();
  expect(screen.lastFrame().split('\n')[0]).toMatch(/jobs 3 {2}paused$/);
});

test('+ and - change the runs at once, never below one', async () => {
  const screen = show();
  expect(await type(screen, '+')).toContain('Runs at once: 2.');
  await type(screen, '-');
  expect(actions.setJobs.mock.calls).toEqual([[2], [1]]);
});

test('a run at work is stopped only after a question, now or after its epoch', async () => {
  const screen = show();
  expect(await type(screen, DOWN, DOWN, 'x')).toMatch(
    /Stop busy\? +e after the epoch {2}n now, losing the epoch {2}esc no$/,
  );
  await type(screen, ESCAPE);
  expect(actions.stopRun).not.toHaveBeenCalled();
  expect(await type(screen, 'x', 'e')).toContain('busy ends after its current epoch.');
  expect(actions.stopRun).toHaveBeenCalledExactlyOnceWith(study.runs.busy.id, 'epoch');
  await type(screen, 'x', 'n');
  expect(actions.stopRun).toHaveBeenLastCalledWith(study.runs.busy.id, 'now');
});

test('the whole sweep is stopped only after a question', async () => {
  const screen = show();
  expect(await type(screen, 'X')).toContain('Stop the whole sweep?');
  expect(actions.stopSweep).not.toHaveBeenCalled();
  await type(screen, 'n');
  expect(actions.stopSweep).toHaveBeenCalledExactlyOnceWith('now');
});

test('what has ended cannot be stopped, and what has not failed is not tried again', async () => {
  const screen = show();
  expect(await type(screen, 'x')).toContain('done is completed: there is nothing to stop.');
  expect(await type(screen, 'r')).toContain('only a failed or stopped run is tried again.');
  await type(screen, DOWN, DOWN, DOWN, DOWN, 'r', 'y');
  expect(actions.retry).toHaveBeenCalledExactlyOnceWith([study.runs.broken.id]);
});

test('what is asked of marked runs is asked of those that it fits, all at once', async () => {
  const screen = show();
  await type(screen, ' ', ' ', ' ', ' ', ' ');
  expect(await type(screen, 'r')).toContain('Try 2 of 5 marked runs again?');
  expect(actions.retry).not.toHaveBeenCalled();
  expect(await type(screen, 'y')).toContain('2 of 5 marked runs are tried again');
  const { killed, broken, busy } = study.runs;
  expect(actions.retry).toHaveBeenCalledExactlyOnceWith([killed.id, broken.id]);
  expect(await type(screen, 'x')).toContain('Stop busy?');
  await type(screen, 'e');
  expect(actions.stopRun).toHaveBeenCalledExactlyOnceWith(busy.id, 'epoch');
});

test('n writes a note and t the tags of a run, which a filter finds and the run shows', async () => {
  const screen = show();
  expect(await type(screen, 'n')).toContain('note on done');
  await type(screen, 'looks odd', ENTER);
  expect(await type(screen, 't', 'baseline first', ENTER)).toContain('done #baseline #first');
  expect(await type(screen, 't')).toContain('tags of done baseline first');
  for (let step = 0; step < ' first'.length; step += 1) await type(screen, BACKSPACE);
  expect(await type(screen, ENTER)).toContain('done #baseline ');
  expect(runsOf(await type(screen, '/', 'odd baseline', ENTER))).toEqual(['done']);
  const opened = await type(screen, ENTER);
  expect(opened).toMatch(/note {2}looks odd$/m);
  expect(opened).toMatch(/tags {2}baseline$/m);
  expect(readAnnotations(study.paths.run(study.runs.done.id))).toEqual({
    note: 'looks odd',
    tags: ['baseline'],
  });
});

test('R tries all failed runs again, or the stopped ones too', async () => {
  const screen = show();
  expect(await type(screen, 'R')).toMatch(
    /Try all again\? +f 1 failed {2}a 2 failed or stopped {2}esc no$/,
  );
  expect(await type(screen, 'f')).toMatch(/^broken is tried again as soon as there is room\.$/m);
  const { killed, broken } = study.runs;
  expect(actions.retry).toHaveBeenCalledExactlyOnceWith([broken.id]);
  expect(await type(screen, 'R', 'a')).toMatch(/^All failed or stopped runs are tried again /m);
  expect(actions.retry).toHaveBeenLastCalledWith([killed.id, broken.id]);

  continueRun(study, 'broken', [started(2, 1), { type: 'stopped', reason: 'asked to' }]);
  vi.advanceTimersByTime(2000);
  await settle();
  expect(await type(screen, 'R')).toMatch(/^Try all again\? {3}a 2 stopped {2}esc no$/m);
});

test('where nothing is at work, wishes that nobody would obey are not made', async () => {
  coordination = NO_COORDINATION;
  const screen = show();
  for (const key of ['p', '+', 'X'])
    expect(await type(screen, key)).toContain('Nothing is at work here');
  expect(actions.setPaused).not.toHaveBeenCalled();
  expect(actions.setJobs).not.toHaveBeenCalled();
});

test('a shows the answers: the ranking, r of each run, and the objective by size', async () => {
  const screen = show();
  const frame = await type(screen, 'a');
  expect(frame).toMatch(/^─ Ranking {2}minimize val\.nll {2}5 with a value/m);
  expect(frame).toMatch(
    /^ +1 better +38\.50 +38\.50 0\.4615 +2k +-0\.500 \[-0\.900, 0\.200\] completed$/m,
  );
  expect(frame).toMatch(/^ +5 wild +70\.00 .* diverged$/m);
  expect(frame).toMatch(/^70\.00 │.*•$/m);
  expect(frame).toMatch(/^ +1k +6k$/m);
  expect(await type(screen, ESCAPE)).toContain('sorted by plan');
});

test('what the disk refuses a key is said, and any other error of a key ends the dashboard', async () => {
  const screen = show();
  await settle();
  actions.setPaused.mockImplementationOnce(() => {
    throw Object.assign(new Error('EACCES: no'), { code: 'EACCES', path: 'sweeps/study' });
  });
  expect(await type(screen, 'p')).toContain(
    'Not done, there is no permission to write: sweeps/study',
  );
  actions.setPaused.mockImplementationOnce(() => {
    throw new Error('a bug');
  });
  // Thrown on, it would come out of the terminal's event, where only the end of the process is left.
  await type(screen, 'p');
  expect(await type(screen, '?')).not.toContain('draw anew');
});

test('on a narrow screen a question stands whole above its answers, and what is typed is seen at its end', async () => {
  const screen = show();
  await settle();
  screen.screen.resize(60, 16);
  await settle();
  const lines = (await type(screen, 'X')).split('\n');
  expect(lines).toHaveLength(16);
  expect(lines.slice(-2)).toEqual([
    'Stop the whole sweep?',
    'e after the epoch  n now, losing the epoch  esc no',
  ]);
  await type(screen, ESCAPE);
  const typed = (await type(screen, `/${'long '.repeat(20)}end`)).split('\n').at(-1) ?? '';
  expect(typed).toMatch(/^filter \.\.(?:long )+end *$|^filter \.\.\w* (?:long )+end *$/);
  expect(typed.length).toBeLessThanOrEqual(60);
});

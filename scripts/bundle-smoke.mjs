// Unpacks the bundle somewhere else and uses it as on a machine that has neither Node nor npm nor this repository.
// Usage: npm run test:bundle, or node scripts/bundle-smoke.mjs [FOLDER WITH THE ARCHIVE]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const TINY = `
name: tiny
dataset: { source: headlines, limit: 64 }
base:
  model: { tokens: 32, embedding: 4, neurons: 2, heads: 1, blocks: 1 }
  train: { maxEpochs: 3, learningRate: 0.01 }
  sample: { count: 2 }
runs:
  - { name: small }
  - { name: wide, model.embedding: 8 }
`;

const [from = 'bundle'] = process.argv.slice(2);
const archives = readdirSync(from).filter((file) => /-linux-x64\.tar\.(xz|gz)$/.test(file));
assert.equal(archives.length, 1, `one archive in ${from} (got ${archives.length})`);

const scratch = mkdtempSync(join(tmpdir(), 'sweep-bundle-'));
try {
  const [archive] = archives;
  execFileSync('tar', ['-xf', resolve(from, archive), '-C', scratch]);
  check(join(scratch, archive.replace(/\.tar\.(xz|gz)$/, '')));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Each command that a server runs, with an empty environment. */
function check(folder) {
  const path = barePath();
  assert.throws(() => inShell(path, folder, 'npm --version'), 'the shell finds no npm');
  assert.throws(() => inShell(path, folder, 'node --version'), 'the shell finds no node');
  const sweep = (...args) => inShell(path, folder, './sweep "$@"', args);

  assert.match(sweep('--version'), /^\d+\.\d+\.\d+$/);
  assert.match(sweep('plan', 'experiments/quickstart.yaml'), /temperatures/);

  writeFileSync(join(folder, 'tiny.yaml'), TINY);
  const run = sweep('run', 'tiny.yaml');
  assert.match(run, /small/);
  const { runs } = JSON.parse(sweep('ls', 'tiny', '--json'));
  const states = runs.map(({ name, state }) => `${name} ${state}`);
  assert.deepEqual(states, ['small completed', 'wide completed']);
  assert.match(sweep('sample', 'small', '--count', '2', '--prompt', 'the '), /^the .*\nthe /);
  assert.match(sweep('export', 'small', '--to', 'onnx', '--out', 'small.onnx'), /^small\.onnx$/);
  // draws figures, which needs most of the packages
  assert.match(sweep('report', 'tiny', '--out', 'report'), /report\.md$/);
  assert.ok(readdirSync(join(folder, 'report', 'figures')).length > 0, 'figures were drawn');

  const link = join(scratch, 'sweep-link');
  symlinkSync(join(folder, 'sweep'), link);
  assert.match(inShell(path, '/', `${link} --help`), /Usage: sweep/);
  console.log(
    'bundle: version, plan, run, ls, sample, export and report work without Node and npm',
  );
}

/** A folder with the two programs that the launcher uses: all that is on the PATH. */
function barePath() {
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  for (const program of ['dirname', 'readlink']) {
    const found = execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
    symlinkSync(found.trim(), join(bin, program));
  }
  return bin;
}

/** Runs a command without any variable but PATH; its output without the last line break. */
function inShell(path, folder, command, args = []) {
  const options = { cwd: folder, env: { PATH: path }, encoding: 'utf8', stdio: 'pipe' };
  return execFileSync('/bin/sh', ['-c', command, 'sh', ...args], options).trimEnd();
}

// Looks at what a quickstart wrote: every run ended, the models learned, bigger ones more, and the report is whole.
// Usage: node scripts/check-quickstart.mjs RESULTS
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [results] = process.argv.slice(2);
assert.ok(results, 'usage: node scripts/check-quickstart.mjs RESULTS');
const binary = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

function json(...args) {
  const command = [binary, ...args, '--results', results, '--json'];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
}

const { runs } = json('ls', 'quickstart');
assert.ok(runs.length >= 5, `five runs or more (got ${runs.length})`);
for (const run of runs) assert.equal(run.state, 'completed', `${run.name} is ${run.state}`);

const trained = runs.filter((run) => run.kind === 'train');
for (const { name, testNll, tokens } of trained) {
  const uniform = (tokens - 1) * Math.log(29);
  assert.ok(testNll < 0.7 * uniform, `${name} learned: test NLL ${testNll}, guessing ${uniform}`);
}

const nll = Object.fromEntries(runs.map(({ name, testNll }) => [name, testNll]));
assert.ok(nll.medium < nll.small && nll.small < nll.tiny, 'a bigger model does better');
assert.ok(nll['fewer-texts'] > nll.medium + 10, 'fewer texts do much worse');

const analysis = json('analyze', 'quickstart');
assert.equal(analysis.version, 1);

const report = join(results, 'report');
const markdown = readFileSync(join(report, 'report.md'), 'utf8');
for (const { name } of runs) assert.ok(markdown.includes(name), `the report names ${name}`);
for (const [, file] of markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
  assert.ok(existsSync(join(report, file)), `${file} exists`);
assert.ok(readdirSync(join(report, 'figures')).length >= 2, 'figures were drawn');

console.log(`quickstart: ${runs.length} runs completed, models learned, the report is whole`);

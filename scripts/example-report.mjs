// Writes docs/example-report from the results of a quickstart; without a folder it runs the quickstart first.
// Usage: npm run example-report -- [RESULTS]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [given] = process.argv.slice(2);
const results = given ?? mkdtempSync(join(tmpdir(), 'sweep-example-'));
const sweep = (...args) => {
  const command = ['dist/cli/main.js', ...args, '--results', results];
  execFileSync(process.execPath, command, { stdio: 'inherit' });
};

if (given === undefined) sweep('run', 'experiments/quickstart.yaml', '--plain');
else sweep('db', 'rebuild');
rmSync('docs/example-report', { recursive: true, force: true });
// Without PNG and PDF: the folder is committed, and those are drawn again in seconds.
sweep('report', 'quickstart', '--out', 'docs/example-report', '--format', 'md,html,tables');
if (given === undefined) rmSync(results, { recursive: true });

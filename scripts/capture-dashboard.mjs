// Writes the pictures of docs/dashboard.md, and the first of them into README.md: runs the quickstart in a real terminal
// (tmux) of 100 x 30 cells, presses keys, and puts what is on the screen between the marks of the documents. Needs
// `npm run build` and tmux.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const folder = mkdtempSync(join(tmpdir(), 'sweep-capture-'));
const program = `node ${resolve('dist/cli/main.js')}`;
const definition = resolve(process.argv[2] ?? 'experiments/quickstart.yaml');

// Else the pictures would have the signs of whoever takes them: ASCII where the locale is not UTF-8.
const env = { ...process.env, LC_ALL: 'C.UTF-8', SWEEP_ASCII: '0' };

function tmux(...args) {
  return execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], {
    encoding: 'utf8',
    env,
  });
}

function press(...keys) {
  for (const key of keys) tmux('send-keys', '-t', 'capture', key);
}

/** Waits until the screen shows something, and returns it. */
async function see(pattern, seconds = 600) {
  for (let left = seconds * 4; left > 0; left -= 1) {
    const screen = tmux('capture-pane', '-p', '-t', 'capture');
    if (pattern.test(screen)) return screen.replace(/[^\S\n]+$/gm, '').trimEnd();
    await delay(250);
  }
  throw new Error(`not seen: ${pattern}\n${tmux('capture-pane', '-p', '-t', 'capture')}`);
}

const pictures = {};
try {
  const shell = `env -u CI -u TMUX bash --norc`;
  tmux('new-session', '-d', '-s', 'capture', '-x', '100', '-y', '30', '-c', folder, shell);
  tmux('set-option', '-g', 'status', 'off');
  tmux('resize-window', '-t', 'capture', '-x', '100', '-y', '30');
  press(`${program} run ${definition}`, 'Enter');
  pictures.runs = await see(/2 completed[^]*running +\S+.*[2-9]\/\d+/);
  press('s', 'Enter');
  pictures.run = await see(/Differs from the base[^]*\? keys/);
  press('Escape');
  await see(/sorted by best/);
  press('Space', 'Space', 'Space', 'c');
  pictures.curves = await see(/Validation NLL[^]*\? keys/);
  press('a');
  pictures.answers = await see(/Ranking[^]*\? keys/);
  press('?');
  pictures.keys = await see(/stop the sweep[^]*\? keys/);
  press('q', 'y');
  await see(/Stopping/);
} finally {
  tmux('kill-server');
  rmSync(folder, { recursive: true, force: true });
}

writePictures('docs/dashboard.md', pictures);
// Without the empty lines and the keys below the table.
writePictures('README.md', { runs: pictures.runs.replace(/\n\n[^]*$/, '') });

function writePictures(document, screens) {
  let text = readFileSync(document, 'utf8');
  for (const [name, screen] of Object.entries(screens)) {
    const marked = new RegExp(`(<!-- picture ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!marked.test(text)) throw new Error(`${document} has no place for the picture ${name}`);
    text = text.replace(
      marked,
      (_, begin, end) => `${begin}\n\`\`\`text\n${screen}\n\`\`\`\n\n${end}`,
    );
  }
  writeFileSync(document, text);
}

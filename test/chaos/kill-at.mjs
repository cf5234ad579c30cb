/**
 * Loaded before a program (`node --import`): ends it with SIGKILL at one of its file operations, as SWEEP_KILL says:
 * { role, at, how } where `role` is which of the programs is meant, `at` the operation, counted from 0, and `how` one of
 * before, after, and half (of a write). With `count`, a file, nothing is killed and the number of operations is put
 * there.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const OPERATIONS = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'ftruncateSync',
  'renameSync',
  'linkSync',
  'copyFileSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
  'readSync',
];
const ROLES = { 'worker.js': 'worker', 'main.js': 'coordinator' };

const order = JSON.parse(process.env.SWEEP_KILL ?? 'null');
if (order !== null && ROLES[basename(process.argv[1] ?? '')] === order.role) watch();

function watch() {
  let seen = 0;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    for (;;); // the signal comes before the next instruction that could change anything
  };
  for (const name of OPERATIONS) {
    const original = fs[name];
    fs[name] = (...args) => {
      const isIt = seen++ === order.at;
      if (!isIt) return original.apply(fs, args);
      if (order.how === 'half' && name === 'writeSync' && typeof args[3] === 'number')
        original(args[0], args[1], args[2], Math.floor(args[3] / 2), ...args.slice(4));
      if (order.how === 'after') original.apply(fs, args);
      return die();
    };
  }
  syncBuiltinESMExports();
  if (order.count !== undefined)
    process.on('exit', () => {
      fs.writeFileSync(order.count, String(seen));
    });
}

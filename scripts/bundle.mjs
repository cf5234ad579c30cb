// Packs what a Linux x64 machine without internet needs: Node, the compiled project and its production dependencies.
// Usage: npm run bundle -- [--node FILE] [--out FOLDER]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const MEBIBYTE = 2 ** 20;
const LARGEST_MEBIBYTES = 60;

// The first that is installed is the one that src/core/store/load-sqlite.ts takes with this Node.
const SQLITE = ['better-sqlite3-node-api', 'better-sqlite3'];
// Draws figures as PNG: npm has an optional package for each platform.
const RESVG = 'node_modules/@resvg/resvg-js-linux-x64-gnu';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    out: { type: 'string', default: 'bundle' },
  },
});
assert.ok(existsSync('dist/cli/main.js'), 'nothing is compiled: start this with npm run bundle');
checkNode(values.node);

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = resolve(values.out, `${name}-${version}-linux-x64`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'bin'), { recursive: true });

cpSync(values.node, join(folder, 'bin', 'node'), { dereference: true });
chmodSync(join(folder, 'bin', 'node'), 0o755);
cpSync('dist', join(folder, 'dist'), { recursive: true, filter: (path) => !isWaste(path) });
cpSync('experiments', join(folder, 'experiments'), { recursive: true });
cpSync('docs', join(folder, 'docs'), { recursive: true });
cpSync('package.json', join(folder, 'package.json'));
const packages = productionPackages();
for (const path of packages) copyPackage(path);
writeLauncher();
const glibc = newestGlibc();
writeFileSync(join(folder, 'README.txt'), readme(glibc));

const archive = pack();
const size = statSync(archive).size;
console.log(
  `${relative('.', archive)}: ${mebibytes(size)} MiB, ${packages.length} packages, ` +
    `needs glibc ${glibc} or newer`,
);
assert.ok(
  size <= LARGEST_MEBIBYTES * MEBIBYTE,
  `the bundle must have at most ${LARGEST_MEBIBYTES} MiB (got ${mebibytes(size)} MiB)`,
);

/** Native modules are built for this machine's Node: another one must be of the same kind. */
function checkNode(node) {
  const about = '[process.platform, process.arch, process.versions.modules, process.versions.napi]';
  const script = `JSON.stringify(${about})`;
  const found = JSON.parse(execFileSync(node, ['-p', script], { encoding: 'utf8' }));
  const wanted = ['linux', 'x64', process.versions.modules, process.versions.napi];
  assert.deepEqual(found, wanted, `${node} must be a Node for Linux x64 of this major version`);
}

/** Folders of the packages that `dependencies` lead to, as the lockfile has them; optional ones stay out. */
function productionPackages() {
  const { packages: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const sqlite = SQLITE.map((name) => `node_modules/${name}`).filter((path) => existsSync(path));
  const isWanted = ([path, entry]) =>
    sqlite.includes(path)
      ? path === sqlite[0]
      : path === RESVG || (path !== '' && !entry.dev && !entry.optional && !entry.devOptional);
  return Object.entries(locked)
    .filter(isWanted)
    .map(([path]) => path)
    .filter((path) => !isOnlyForInstalling(path));
}

/** What npm needs to install or type-check a package, and nothing needs to run it. */
function isOnlyForInstalling(path) {
  const names = ['prebuild-install', 'node-abi', 'adm-zip', 'global-agent', 'vega-typings'];
  return names.some((one) => path === `node_modules/${one}`) || path.includes('/@types/');
}

function copyPackage(path) {
  assert.ok(existsSync(join(path, 'package.json')), `${path} is not installed: run npm ci first`);
  cpSync(path, join(folder, path), {
    recursive: true,
    dereference: true,
    filter: (file) => {
      const inside = relative(path, file);
      // A nested package is in the list itself, if it is needed.
      return !inside.split('/').includes('node_modules') && !isWaste(file) && isOfPlatform(file);
    },
  });
}

/** Files that no program reads: maps, types, sources of them, prose but licences, and the packages' own tests. */
function isWaste(path) {
  const file = basename(path).toLowerCase();
  if (/^(licen[cs]e|notice|copying|thirdpartynotices)/.test(file)) return false;
  if (/\.(map|d\.[cm]?ts|[cm]?ts|tsx|flow|md|markdown|tsbuildinfo|o|a|gyp|gypi)$/.test(file))
    return true;
  return /\/(\.github|test|tests|__tests__|example|examples|bench|benchmarks|coverage)$/.test(path);
}

/** Leaves out other systems' binaries, the sources that a native module was compiled from, and fonts that nothing draws with. */
function isOfPlatform(path) {
  if (path.includes('dejavu-fonts-ttf/'))
    return /\/(ttf|package\.json|LICENSE|DejaVuSans(-Bold)?\.ttf)$/.test(path);
  const onnx = /onnxruntime-node\/bin\/napi-v\d+\/(.+)$/.exec(path)?.[1];
  if (onnx !== undefined) return 'linux/x64'.startsWith(onnx) || onnx.startsWith('linux/x64/');
  const sqlite = /better-sqlite3[^/]*\/((?:deps|src|build|prebuilds)(?:\/.*)?)$/.exec(path)?.[1];
  if (sqlite === undefined) return true;
  const binaries = ['build/Release/better_sqlite3.node', 'prebuilds/linux-x64.node'];
  return binaries.some((binary) => binary.startsWith(sqlite));
}

function writeLauncher() {
  const launcher = join(folder, 'sweep');
  const script = [
    '#!/bin/sh',
    '# Starts the bundled Node, whatever is installed on this machine.',
    'here=$(dirname "$(readlink -f "$0")")',
    'exec "$here/bin/node" "$here/dist/cli/main.js" "$@"',
    '',
  ].join('\n');
  writeFileSync(launcher, script, { mode: 0o755 });
}

/** The newest version of the C library that one of the binaries asks for. */
function newestGlibc() {
  let newest = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isBinary =
      entry.isFile() && (/\.(node|so)(\.\d+)*$/.test(path) || /bin\/node$/.test(path));
    if (!isBinary) continue;
    const text = readFileSync(path, 'latin1');
    for (const [, minor] of text.matchAll(/GLIBC_2\.(\d+)/g))
      newest = Math.max(newest, Number(minor));
  }
  return `2.${newest}`;
}

function readme(glibc) {
  return `sweep ${version} for Linux x64 with glibc ${glibc} or newer; nothing has to be installed.

  ./sweep plan experiments/quickstart.yaml
  ./sweep run experiments/quickstart.yaml --results /somewhere/results
  ./sweep report quickstart --results /somewhere/results

The folder may lie anywhere, also on a read-only disk; a link to ./sweep works. See docs/.
`;
}

/** The archive beside the folder; xz where it is installed, as it packs a third better than gzip. */
function pack() {
  const target = (ending) => `${folder}.tar.${ending}`;
  const ordered = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner'];
  const what = ['-C', resolve(values.out), basename(folder)];
  for (const ending of ['xz', 'gz']) rmSync(target(ending), { force: true });
  const ending = hasXz() ? 'xz' : 'gz';
  const compressor = ending === 'xz' ? 'xz -3 -T0' : 'gzip -9';
  execFileSync('tar', [...ordered, '-I', compressor, '-cf', target(ending), ...what]);
  return target(ending);
}

function hasXz() {
  try {
    execFileSync('xz', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function mebibytes(bytes) {
  return (bytes / MEBIBYTE).toFixed(1);
}

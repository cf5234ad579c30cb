// Compiles every file of src to the same place below dist, where it finds its neighbours by their paths, and gathers the
// packages that they import in shared files in dist/packages: docs/decisions/0032-packages-are-gathered.md says why.
// Types are not checked here but by `npm run check`.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve, sep } from 'node:path';
import { build, transform } from 'esbuild';

/** Packages with native code or with files of their own that they read at run time. */
const LEFT_ALONE =
  /^(better-sqlite3|onnxruntime-node|@tensorflow|@resvg|pdfkit|svg-to-pdfkit|dejavu-fonts-ttf)(\/|-|$)/;

/** The script of a report's page runs in browsers: build-page.mjs makes it. */
const PAGE_SCRIPT = 'analysis/report/page/client/';

const OURS = resolve('src') + sep;

const sources = readdirSync('src', { recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(PAGE_SCRIPT))
  .map((file) => `src/${file}`);

const { outputFiles } = await build({
  entryPoints: sources,
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'packages/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // The files of a package that Node would take, not those that it may have for bundlers.
  conditions: [],
  mainFields: ['main'],
  sourcemap: 'linked',
  // React's build for development takes several times as long as this one.
  define: { 'process.env.NODE_ENV': '"production"' },
  // Packages of CommonJS ask for Node's own modules with `require`, which modules of ECMAScript lack.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  plugins: [
    { name: 'start-sooner', setup: startSooner },
    { name: 'gather-packages', setup: gatherPackages },
  ],
  write: false,
  logLevel: 'warning',
});

// Only now, so that a mistake in the source leaves what was there.
rmSync('dist', { recursive: true, force: true });
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/** Lets imports between files of src be as they are, and takes in what comes from packages. */
function gatherPackages(build) {
  build.onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
    const isOurs = kind !== 'entry-point' && importer.startsWith(OURS);
    // What is imported while the program runs is for Node to import: only it gives modules of CommonJS their names.
    const isLeftAlone = path.startsWith('.')
      ? isOurs
      : LEFT_ALONE.test(path) || isBuiltin(path) || (isOurs && kind === 'dynamic-import');
    // Ink asks for it where somebody debugs Ink.
    return isLeftAlone || path === 'react-devtools-core' ? { path, external: true } : undefined;
  });
}

/** Leaves out what packages do when they are loaded and few commands need: docs/decisions/0032 has the times. */
function startSooner(build) {
  const widthOfStrings = resolve('node_modules/string-width/index.js');
  // wrap-ansi has an older one of its own, with another pattern of all emoji.
  build.onResolve({ filter: /^string-width$/ }, () => ({ path: widthOfStrings }));
  build.onLoad({ filter: /string-width[\\/]index\.js$/ }, () => ({
    contents: [
      ['const rgiEmojiRegex = ', '/^\\p{RGI_Emoji}$/v', 'test'],
      ['const segmenter = ', 'new Intl.Segmenter()', 'segment'],
    ].reduce(madeAtFirstUse, readFileSync(widthOfStrings, 'utf8')),
  }));
  // Where there is no fetch it decodes the address of data that it would fetch, for which Node loads its HTTP client.
  build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
    const source = readFileSync(path, 'utf8');
    const { code } = await transform(source, { define: { fetch: 'undefined' } });
    return { contents: code };
  });
}

/**
 * A module with a value that is made when its method is first called.
 *
 * @throws when the module does not make it any more, because its package has changed
 */
function madeAtFirstUse(source, [declaration, value, method]) {
  const text = `${declaration}${value};`;
  if (!source.includes(text)) throw new Error(`string-width does not have ${text} any more`);
  const made = `let made; return { ${method}: (text) => (made ??= ${value}).${method}(text) };`;
  return source.replace(text, () => `${declaration}(() => { ${made} })();`);
}

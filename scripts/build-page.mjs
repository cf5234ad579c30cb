// Bundles the script of a report's page, with Vega in it, into one file beside the code that writes the page.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

const license = (name) => readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim();

await build({
  entryPoints: ['src/analysis/report/page/client/main.ts'],
  outfile: 'dist/analysis/report/page/client.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  // The page carries the code of others: their licences go with it.
  banner: {
    js: `/* Contains Vega (BSD 3-Clause), d3 (ISC) and zod (MIT).\n${license('vega')}\n${license('d3-array')}\n${license('zod')} */`,
  },
  logLevel: 'warning',
});

/**
 * Bundles the front end into dist/: classic scripts, one style sheet and its fonts.
 *
 * Classic (IIFE) because file:// refuses modules; no source maps because the site is published as
 * it is; fixed names because pages name the files directly.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: here,
  outdir: dist,
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  target: ['es2020', 'safari14.1', 'firefox90', 'chrome90'],
};

const scripts = [
  { in: 'src/explorer/main.js', out: 'explorer' },
  { in: 'src/page/main.js', out: 'page' },
  { in: 'src/zoom/main.js', out: 'zoom' },
  { in: 'src/compare/main.js', out: 'compare' },
  { in: 'src/kiosk/main.js', out: 'kiosk' },
].filter((entry) => existsSync(join(here, entry.in)));

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: scripts,
    format: 'iife',
    loader: { '.svg': 'text', '.vert': 'text', '.frag': 'text', '.glsl': 'text' },
  }),
  build({
    ...common,
    entryPoints: [{ in: 'css/volvelle.css', out: 'volvelle' }],
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]',
  }),
]);

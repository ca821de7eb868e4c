// Builds everything that ships: `dist/extension.js`, what is loaded only when it is used (`dist/demo.js`, `dist/csv.js`)
// and one script per panel in `dist/webview`, and the access graph's, loaded when a graph is first shown. Options: --production (minified), --watch, --tests (the host tests, in `out/test`).
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { describeBundled } from './scripts/bundled.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
  legalComments: 'none',
};

/** What few people use is a bundle of its own: `import('./demo/server')` stays a lazy load of `./demo.js`. */
const SEPARATE = { demo: 'src/demo/server.ts', csv: 'src/actions/bulk/csv.ts' };

const separately = {
  name: 'separately',
  setup(build) {
    const names = new Map(Object.entries(SEPARATE).map(([name, file]) => [path.resolve(file), name]));
    build.onResolve({ filter: /^[.]{1,2}\// }, ({ resolveDir, path: imported }) => {
      const name = names.get(`${path.resolve(resolveDir, imported)}.ts`);
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

// node-fetch's fallback for a Node without web streams is never reached on one that runs VS Code: 60 kB less to read.
const UNREACHED = ['web-streams-polyfill/*'];

/** Its build for require() loads its parts by a name the bundler cannot follow; the one for import can be bundled. */
const alias = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', ...UNREACHED],
  alias,
};

/** `src/panels/identity/page/index.ts` becomes `dist/webview/identity.js`. */
const pages = {
  ...Object.fromEntries(
    (await readdir('src/panels'))
      .map((name) => [name, `src/panels/${name}/page/index.ts`])
      .filter(([, file]) => existsSync(file)),
  ),
  graph: 'src/panels/identity/page/graph.ts',
};

const hostTests = (await readdir('test/host'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `test/host/${file}`);

const bundles = process.argv.includes('--tests')
  ? [{ ...node, external: [...node.external, 'mocha'], entryPoints: hostTests, outdir: 'out/test/host' }]
  : [
      { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', plugins: [separately] },
      { ...node, entryPoints: SEPARATE, outdir: 'dist' },
      { ...common, platform: 'browser', target: 'es2022', format: 'iife', entryPoints: pages, outdir: 'dist/webview' },
    ];

if (!process.argv.includes('--tests')) {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist/webview', { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) {
    await copyFile(`node_modules/@vscode/codicons/dist/${file}`, `dist/webview/${file}`);
  }
}

if (watch) {
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const metafiles = [];
  for (const options of bundles) {
    const { metafile } = await esbuild.build(options);
    metafiles.push(metafile);
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (file.startsWith('dist') && file.endsWith('.js'))
        process.stdout.write(`${file.padEnd(32)} ${(bytes / 1000).toFixed(1)} kB\n`);
    }
  }
  if (production) await describeBundled(metafiles, ['@vscode/codicons'], 'dist');
}

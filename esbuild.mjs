// Builds everything that ships: `dist/extension.js`, which activation loads, the parts beside it that are loaded when they are first
// used (scripts/parts.mjs), one script per panel in `dist/webview`, and the access graph's, loaded when a graph is first shown.
// Options: --production (minified), --watch, --tests (the host tests, in `out/test`).
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import * as esbuild from 'esbuild';
import { describeBundled } from './scripts/bundled.mjs';
import { cutOptions, forNode, joinParts, writeParts } from './scripts/parts.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

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

/** Makes files of the chunks whenever the code was cut. */
const joining = {
  name: 'joining',
  setup(build) {
    build.onEnd(async (cut) => {
      if (cut.errors.length > 0) return;
      const parts = await joinParts(cut, { production });
      await writeParts(parts);
      for (const { name, bytes } of parts) tell(`dist/${name}.js`, bytes);
    });
  },
};

const linked = { minify: production, sourcemap: production ? false : 'linked' };

const bundles = process.argv.includes('--tests')
  ? [
      {
        ...{ ...forNode, ...linked, format: 'cjs', external: [...forNode.external, 'mocha'] },
        ...{ entryPoints: hostTests, outdir: 'out/test/host' },
      },
    ]
  : [
      { ...cutOptions({ production }), plugins: [joining] },
      {
        ...{ ...forNode, ...linked, platform: 'browser', target: 'es2022', format: 'iife', external: [], alias: {} },
        ...{ entryPoints: pages, outdir: 'dist/webview' },
      },
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
      if (file.startsWith('dist/webview') && file.endsWith('.js')) tell(file, bytes);
    }
  }
  if (production) await describeBundled(metafiles, ['@vscode/codicons'], 'dist');
}

function tell(file, bytes) {
  process.stdout.write(`${file.padEnd(40)} ${(bytes / 1000).toFixed(1)} kB\n`);
}

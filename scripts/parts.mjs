// The extension's own code as a few CommonJS files: what activation loads, and the parts that are loaded when they are first used.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

/** Evaluated one after the other: tables of texts need the language first. The last one is what VS Code loads. */
const ENTRIES = ['src/ui/language.ts', 'src/extension.ts'];
/** What is loaded at activation, by the file's name. */
export const ACTIVATION = 'extension';

/** Of everything that runs in the extension host. */
export const forNode = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
  // node-fetch's fallback for a Node without web streams is never reached on one that runs VS Code: 60 kB less to read.
  external: ['vscode', 'web-streams-polyfill/*'],
  // Its build for require() loads its parts by a name the bundler cannot follow; the one for import can be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/**
 * esbuild's options that cut the code: every `import('…')` begins a part. esbuild puts each module into exactly one chunk, and does so
 * for ES modules only, which VS Code does not load; `joinParts` makes files of the chunks. `outdir` is only part of their names.
 *
 * @param {{ production: boolean }} options
 * @returns {import('esbuild').BuildOptions}
 */
export function cutOptions({ production }) {
  return {
    ...forNode,
    minify: production,
    sourcemap: production ? false : 'inline',
    entryPoints: ENTRIES,
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    write: false,
    // Chunks are named by what is in them and where it was found: the same names wherever the packages really are.
    preserveSymlinks: true,
  };
}

/**
 * Joins chunks to CommonJS files: one for activation, one for each part, and what several parts share. No module is in two files, so
 * what a module keeps it keeps once, and a class is the same class everywhere.
 *
 * @param {import('esbuild').BuildResult} cut made with `cutOptions`
 * @param {{ production: boolean }} options
 * @returns {Promise<Part[]>}
 * @typedef {{ name: string, bytes: number, inputs: Record<string, number>, files: import('esbuild').OutputFile[] }} Part
 *   `inputs`: the modules in it and their bytes; `files`: the script and, not in production, its source map
 */
export async function joinParts(cut, { production }) {
  const chunks = cut.metafile.outputs;
  const texts = new Map(cut.outputFiles.map(({ path: file, text }) => [`dist/${path.basename(file)}`, text]));
  const entries = ENTRIES.map((entry) => Object.keys(chunks).find((name) => chunks[name].entryPoint === entry));
  const partOf = assignChunks(chunks, entries);
  const names = Object.keys(chunks).sort();
  const idOf = (name) => `c${names.indexOf(name)}`;
  const needed = new Set(
    names.flatMap((from) => toChunks(chunks, from).flatMap((to) => (partOf(to) === partOf(from) ? [] : [to]))),
  );

  /** What the part does when it is loaded, and by which name other parts find the chunks that they need of it. */
  const script = (part, own) =>
    [
      ...(part === ACTIVATION ? [...entries.map((name) => `import './${path.basename(name)}';`)] : []),
      ...own
        .filter((name) => needed.has(name))
        .map((name) => `export * as ${idOf(name)} from './${path.basename(name)}';`),
      ...(part === ACTIVATION ? [`export * from './${path.basename(entries.at(-1))}';`] : []),
    ].join('\n');

  /** A chunk of the same part is bundled, one of another part is taken from there when it is needed. */
  const takingChunks = (part) => ({
    name: 'taking-chunks',
    setup(build) {
      build.onResolve({ filter: /^[.]\// }, ({ path: imported, namespace }) => {
        if (namespace === 'elsewhere') return { path: imported, external: true };
        const name = `dist/${path.basename(imported)}`;
        return { path: name, namespace: partOf(name) === part ? 'chunk' : 'elsewhere' };
      });
      build.onLoad({ filter: /./, namespace: 'chunk' }, ({ path: name }) => ({
        contents: texts.get(name),
        resolveDir: path.resolve('dist'),
      }));
      build.onLoad({ filter: /./, namespace: 'elsewhere' }, ({ path: name }) => ({
        contents: `module.exports = require('./${partOf(name)}.js').${idOf(name)};`,
        resolveDir: path.resolve('dist'),
      }));
    },
  });

  return Promise.all(
    [...new Set(names.map(partOf))].sort().map(async (part) => {
      const own = names.filter((name) => partOf(name) === part);
      const { outputFiles, metafile } = await esbuild.build({
        ...forNode,
        minify: production,
        sourcemap: production ? false : 'linked',
        stdin: { contents: script(part, own), resolveDir: path.resolve('dist'), sourcefile: `${part}.js` },
        outfile: `dist/${part}.js`,
        format: 'cjs',
        write: false,
        plugins: [takingChunks(part)],
      });
      const bytes = outputFiles.find(({ path: file }) => file.endsWith('.js')).contents.length;
      return { name: part, bytes, inputs: inputsOf(chunks, bundled(metafile)), files: outputFiles };
    }),
  );
}

/** Writes the parts into `dist`. */
export async function writeParts(parts) {
  await mkdir('dist', { recursive: true });
  for (const file of parts.flatMap(({ files }) => files)) await writeFile(file.path, file.contents);
}

/** @returns the name of the part that a chunk goes into, by the chunk's name */
function assignChunks(chunks, entries) {
  const atActivation = new Set(entries.flatMap((entry) => [...needs(chunks, entry)]));
  const begins = Object.keys(chunks).flatMap((from) => toChunks(chunks, from, 'dynamic-import'));
  const parts = [...new Set(begins)]
    .sort()
    .map((begin) => ({ name: partName(chunks[begin]), needs: needs(chunks, begin) }));
  const partOf = new Map([...atActivation].map((name) => [name, ACTIVATION]));
  /** The parts that need a chunk. */
  const askers = new Map(
    Object.keys(chunks)
      .filter((name) => !atActivation.has(name))
      .map((name) => [name, parts.filter((part) => part.needs.has(name)).map((part) => part.name)]),
  );
  // A chunk is needed by all that need one that needs it: so files of these kinds need each other in one direction only.
  const pairs = [...new Set([...askers.values()].filter((by) => by.length === 2).map(String))].sort();
  for (const [name, by] of askers) {
    const shared = by.length === 2 ? `shared-${pairs.indexOf(String(by)) + 1}` : 'shared';
    partOf.set(name, by.length === 1 ? by[0] : shared);
  }
  return (name) => partOf.get(name);
}

/** The chunks that have to be there for this one, itself included. */
function needs(chunks, from, found = new Set()) {
  if (found.has(from)) return found;
  found.add(from);
  for (const to of toChunks(chunks, from, 'import-statement')) needs(chunks, to, found);
  return found;
}

/** The other chunks that one imports. */
function toChunks(chunks, from, kind) {
  return chunks[from].imports
    .filter((each) => each.path in chunks && (kind ?? each.kind) === each.kind)
    .map((each) => each.path);
}

/** `src/lists/export/formats.ts` begins the part `lists-export-formats`. */
function partName({ entryPoint }) {
  return entryPoint
    .replace(/^src\/|^node_modules\//, '')
    .replace(/[.]\w+$/, '')
    .replaceAll('/', '-');
}

/** The chunks that went into a file, by esbuild's account of it. */
function bundled({ inputs }) {
  return Object.keys(inputs).flatMap((input) => (input.startsWith('chunk:') ? input.slice('chunk:'.length) : []));
}

/** The modules in these chunks, and their bytes. */
function inputsOf(chunks, names) {
  const inputs = names.flatMap((name) => Object.entries(chunks[name].inputs));
  return Object.fromEntries(
    inputs.map(([input, { bytesInOutput }]) => [input, bytesInOutput]).filter(([, bytes]) => bytes > 0),
  );
}

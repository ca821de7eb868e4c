// npm run bench: figures, not pass or fail, as one table (artifacts/bench.md, artifacts/bench.json).
// Options: names of parts (`activation`, `size`, and the files of test/bench); VSIX files and folders of extensions, whose
// activation is measured, too.
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { measureActivation } from './activationBench.mjs';
import { main, npm, root, run, say } from './processes.mjs';
import { ensureDependencies } from './setup.mjs';

const ROUNDS = 9;
/** As the files of test/bench print it: a name, at least two spaces, a number, its unit; and, if there is one, what it is beside. */
const PRINTED = /^(.+?) {2,}(-?[\d.]+)(?: ([^[\]]*?))?(?: +\[(-?[\d.]+) (.+)\])?$/;

/** @type {{ part: string, name: string, value: number, unit: string, baseline?: number, baselineOf?: string }[]} */
const rows = [];
const failures = [];

await main(async () => {
  const given = process.argv.slice(2);
  const others = given.filter((argument) => existsSync(argument));
  const names = given.filter((argument) => !others.includes(argument));
  const files = (await readdir(path.join(root, 'test', 'bench'))).filter((file) => file.endsWith('.bench.ts')).sort();
  const known = ['size', 'activation', ...files.map((file) => file.replace('.bench.ts', ''))];
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0)
    throw new Error(`Neither a part nor a file: ${strange.join(', ')}. Parts: ${known.join(', ')}.`);
  await ensureDependencies();
  await npm(['run', '-s', 'package'], { quiet: true });
  await run(process.execPath, ['esbuild.mjs', '--tests'], { quiet: true });
  for (const part of names.length === 0 ? known : names) {
    try {
      if (part === 'size') await sizes();
      else if (part === 'activation') await activation(others);
      else await benchFile(part);
    } catch (error) {
      failures.push(`${part} could not be measured: ${error.message.split('\n')[0]}`);
      say(failures.at(-1));
    }
  }
  await write();
});

async function sizes() {
  const dist = path.join(root, 'dist');
  const pages = (await readdir(path.join(dist, 'webview'))).map((page) => `webview/${page}`);
  for (const file of [...(await readdir(dist)), ...pages].filter((each) => /[.](js|vsix)$/.test(each))) {
    row('size', { name: `size of ${file}`, value: (await stat(path.join(dist, file))).size / 1000, unit: 'kB' });
  }
}

async function activation(others) {
  const own = { name: 'ISC Identities', place: path.join(root, 'dist', 'isc-identities.vsix') };
  const subjects = others.map((place) => ({ name: path.basename(place, '.vsix'), place: path.resolve(place) }));
  const measured = await measureActivation([own, ...subjects], ROUNDS);
  for (const each of measured) row('activation', { ...each, baselineOf: 'empty extension' });
}

async function benchFile(part) {
  const file = path.join('test', 'bench', `${part}.bench.ts`);
  const printed = await run(process.execPath, ['--expose-gc', '--import', 'tsx', file], { quiet: true });
  for (const line of printed.split('\n')) {
    const [, name, value, unit = '', baseline, baselineOf] = PRINTED.exec(line.trimEnd()) ?? [];
    if (name === undefined) continue;
    const beside = baseline === undefined ? {} : { baseline: Number(baseline), baselineOf };
    row(part, { name: name.trim(), value: Number(value), unit, ...beside });
  }
}

function row(part, figure) {
  rows.push({ part, ...figure });
  const beside = figure.baseline === undefined ? '' : `   (${toText(figure.baseline)} ${figure.baselineOf})`;
  say(`${figure.name.padEnd(60)} ${toText(figure.value).padStart(9)} ${figure.unit}${beside}`);
}

async function write() {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
  const at = new Date().toISOString();
  const lines = rows.map(({ part, name, value, unit, baseline, baselineOf }) => {
    const beside = baseline === undefined ? ['', ''] : [toText(baseline), baselineOf];
    return `| ${[part, name, toText(value), unit, ...beside].join(' | ')} |`;
  });
  const table = [
    '| part | figure | value | unit | baseline | baseline is |',
    '| --- | --- | ---: | --- | ---: | --- |',
    ...lines,
  ];
  const text = [
    `${at}, ${machine}; medians of ${ROUNDS} where an activation is measured.`,
    '',
    ...table,
    '',
    ...failures,
  ];
  await mkdir(path.join(root, 'artifacts'), { recursive: true });
  await writeFile(path.join(root, 'artifacts', 'bench.md'), `${text.join('\n').trimEnd()}\n`);
  const json = { at, machine, rounds: ROUNDS, rows, failures };
  await writeFile(path.join(root, 'artifacts', 'bench.json'), `${JSON.stringify(json, null, 2)}\n`);
  say('artifacts/bench.md');
}

function toText(value) {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

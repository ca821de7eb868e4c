// npm test: types, lint, format, unit, host and ui tests; `node scripts/test.mjs unit host` runs only those parts.
// Steps run side by side. Ends with one line, "N passed, N failed", and exit code 1 when anything failed or did not run.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { root, say } from './processes.mjs';
import { ensureBrowser, ensureDependencies, ensureVSCode } from './setup.mjs';

/** Steps at once, whatever the machine: each window of VS Code takes about a gigabyte. */
const MOST_AT_ONCE = 6;

const bin = (...file) => [process.execPath, path.join(root, 'node_modules', ...file)];
const tsc = (project) => [...bin('typescript', 'bin', 'tsc'), '-p', project];
const mocha = (...args) => [...bin('mocha', 'bin', 'mocha.js'), ...args];
const script = (name, ...args) => [process.execPath, path.join(root, 'scripts', name), ...args];
const build = [process.execPath, path.join(root, 'esbuild.mjs')];
const buildHostTests = [...build, '--tests'];

/** Part -> its steps. A `counted` step is a run of mocha, whose own numbers are taken; any other counts as one. */
const parts = {
  check: [
    { name: 'types of the extension', command: tsc('.') },
    { name: 'types of the panels', command: tsc('src/panels') },
    { name: 'types of the tests', command: tsc('test') },
    { name: 'lint', command: [...bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
    { name: 'nothing unused', command: bin('knip', 'bin', 'knip.js') },
    { name: 'texts and translations', command: script('l10n.mjs', 'check') },
    { name: 'format', command: [...bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  ],
  unit: [{ name: 'unit tests', command: mocha('test/unit/**/*.test.ts'), counted: true }],
  host: [{ name: 'host tests', command: script('hostTests.mjs'), counted: true }],
  // Each file has a window of its own, so each can run beside others.
  ui: uiTestFiles().map((file) => ({
    name: `ui tests: ${path.basename(file, '.test.ts')}`,
    command: mocha('--timeout', '120000', file),
    counted: true,
  })),
  desktop: [{ name: 'host tests on desktop', command: script('desktopTests.mjs'), counted: true }],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !Object.hasOwn(parts, part));
if (unknown.length > 0) {
  process.stderr.write(`Unknown part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.\n`);
  process.exit(2);
}
const wanted = new Set(asked.length === 0 ? ['unit', 'host', 'ui', 'check'] : asked);
const wants = (...names) => names.some((name) => wanted.has(name));

let passed = 0;
let failed = 0;
/** What failed, said again at the end: nobody reads two thousand lines to find it. */
const failures = [];
try {
  await ensureDependencies();
  // What several steps use is made before them.
  if (wants('host', 'ui', 'desktop')) await take({ name: 'build', command: build });
  if (wants('host', 'desktop')) await take({ name: 'build of the host tests', command: buildHostTests });
  if (wants('host', 'ui')) await ensureVSCode();
  if (wants('host', 'ui')) await ensureBrowser();
  await takeAll([...wanted].flatMap((part) => parts[part]));
} catch (error) {
  process.stderr.write(`${error.message}\n${error.cause?.message ?? ''}\n`);
  failed += 1;
}
if (failures.length > 0) say(`\n${failures.join('\n')}\n`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** The files of test/ui, those with most tests first: the last to end should be a short one. */
function uiTestFiles() {
  const folder = path.join(root, 'test', 'ui');
  const tests = (file) => readFileSync(path.join(folder, file), 'utf8').split(/^\s*it\(/m).length;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort((a, b) => tests(b) - tests(a))
    .map((file) => `test/ui/${file}`);
}

/** A window waits more than it works: one step more than there are cores keeps them busy. */
async function takeAll(steps) {
  const waiting = [...steps];
  const lanes = Math.min(availableParallelism() + 1, MOST_AT_ONCE);
  const takeNext = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await take(step);
  };
  await Promise.all(Array.from({ length: lanes }, takeNext));
}

/** What a step prints is shown when it has ended: the lines of several at once could not be read. */
async function take({ name, command, counted }) {
  const started = Date.now();
  say(`== ${name}: started`);
  const { code, output } = await runStep(command);
  const number = (word) =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce((sum, [, n]) => sum + Number(n), 0);
  const good = counted ? number('passing') : Number(code === 0);
  // A run that ended badly without naming a failed test, or that ran no test at all, has failed as a whole.
  const bad = Math.max(counted ? number('failing') : 0, Number(code !== 0 || good === 0));
  passed += good;
  failed += bad;
  if (bad > 0) failures.push(`== ${name}`, ...failuresIn(output));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const printed = output.trim();
  say(`${printed === '' ? '' : `${printed}\n`}== ${name}: ${bad === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
}

/** What mocha lists after its numbers, or the end of what any other program printed. */
function failuresIn(output) {
  const lines = output.split('\n');
  const listed = lines.findIndex((line) => /^\s*\d+ failing\b/.test(line));
  return listed < 0 ? lines.slice(-20) : lines.slice(listed, listed + 60);
}

/** Runs a program and keeps what it prints. */
function runStep([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

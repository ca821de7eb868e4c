// npm test: everything. `node scripts/test.mjs unit host` runs only those parts; the host and ui tests take options:
//   --vscode 1.139      in that version of VS Code instead of the oldest one claimed
//   --vsix              with the packaged extension installed instead of the working folder (ui tests)
//   --only tour,tasks   only these files (ui tests)
//   --alone             where only this machine can be reached; fails if anybody but VS Code itself tries to reach another (ui tests)
// Ends with one line, "N passed, N failed", and exit code 1 when anything failed or did not run.
import { spawn } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { alone, whyNotAlone } from './alone.mjs';
import { cache, root, say } from './processes.mjs';
import { ensureBrowser, ensureDependencies, ensureVSCode, newestVSCode } from './setup.mjs';
import { testing } from './tested.mjs';

const bin = (...file) => [process.execPath, path.join(root, 'node_modules', ...file)];
const tsc = (project) => [...bin('typescript', 'bin', 'tsc'), '-p', project];
const mocha = (...args) => [...bin('mocha', 'bin', 'mocha.js'), ...args];
const script = (name, ...args) => [process.execPath, path.join(root, 'scripts', name), ...args];
const build = [process.execPath, path.join(root, 'esbuild.mjs')];
const buildHostTests = [...build, '--tests'];

/** Long after a step should have ended, on a machine busy with other things, it is stopped and has failed. */
const LIMIT_MINUTES = 15;
const UI_LIMIT_MINUTES = 55;
/** `npm run soak` says how long it takes. */
const HOST_LIMIT_MINUTES = LIMIT_MINUTES + Number(process.env.SOAK_SECONDS ?? 0) / 60;

/** Windows of VS Code that are tested at a time. Two of them keep two cores so busy that what is timed in VS Code itself gets lost. */
const WINDOWS = availableParallelism() >= 4 ? '2' : '1';

/** What users install, and where a build that a test starts does not remove it. */
const PACKAGED = path.join(root, 'dist', 'isc-identities.vsix');
const VSIX = path.join(cache, 'isc-identities.vsix');

/** Tests of the user interface that between them show each view, each panel and each kind of dialog. */
const EACH_KIND = ['tour', 'mainJob', 'tasks', 'links'];

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    vscode: { type: 'string' },
    vsix: { type: 'boolean', default: false },
    only: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
});

/** Runs the ui tests of these files, without any all of them. */
const uiTests = (names, what) => ({
  name: `ui tests${inWhat(what)}`,
  command: mocha('--parallel', '--jobs', WINDOWS, '--timeout', '120000', ...uiFiles(names)),
  counted: true,
  limitMinutes: UI_LIMIT_MINUTES,
  what,
});
const uiFiles = (names) => names?.map((name) => `test/ui/${name}.test.ts`) ?? ['test/ui/**/*.test.ts'];

const hostTests = (what) => ({
  name: `host tests${inWhat(what)}`,
  command: script('hostTests.mjs'),
  counted: true,
  limitMinutes: HOST_LIMIT_MINUTES,
  what,
});
const hostBuild = { name: 'build of the host tests', command: buildHostTests };
const packaging = { name: 'package', command: script('package.mjs') };

const inWhat = ({ vscode, vsix }) => `${vsix ? ' of the package' : ''}${vscode ? ` in VS Code ${vscode}` : ''}`;

const chosen = { vscode: options.vscode };
const chosenUi = { ...chosen, ...(options.vsix && { vsix: VSIX }), alone: options.alone };
const newest = { vscode: newestVSCode };

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
  build: [{ name: 'build', command: build }],
  unit: [{ name: 'unit tests', command: mocha('--parallel', 'test/unit/**/*.test.ts'), counted: true }],
  host: [hostBuild, hostTests(chosen)],
  ui: [...(options.vsix ? [packaging] : []), uiTests(options.only?.split(','), chosenUi)],
  newest: [hostBuild, hostTests(newest), packaging, uiTests(EACH_KIND, { ...newest, vsix: VSIX, alone: true })],
  desktop: [hostBuild, { name: 'host tests on desktop', command: script('desktopTests.mjs'), counted: true }],
};

const unknown = asked.filter((part) => !Object.hasOwn(parts, part));
if (unknown.length > 0) {
  process.stderr.write(`Unknown part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.\n`);
  process.exit(2);
}
// Host and ui tests run what was built.
const wanted = asked.length === 0 ? ['check', 'build', 'unit', 'host', 'ui', 'newest'] : asked;
if (asked.some((part) => part !== 'check' && part !== 'unit')) wanted.unshift('build');

/** Programs under way: a group of their own, which Ctrl+C in the terminal does not reach. */
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) kill(child);
    process.exit(1);
  });
}

let passed = 0;
let failed = 0;
/** What failed, said again at the end: nobody reads two thousand lines to find it. */
const failures = [];
/** What was not tested, and why. */
const notes = [];
const NOT_PROVED = 'Not tested: that nothing but the tenant is reached';
try {
  await ensureDependencies();
  for (const step of new Set(wanted.flatMap((part) => parts[part]))) await take(step);
} catch (error) {
  process.stderr.write(`${error.message}\n${error.cause?.message ?? ''}\n`);
  failed += 1;
}
if (failures.length > 0) say(`\n${failures.join('\n')}\n`);
for (const note of notes) say(note);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function take({ name, command, counted, limitMinutes = LIMIT_MINUTES, what }) {
  const started = Date.now();
  say(`\n== ${name}`);
  const { code, output } = await tee(...(what ? await prepared(command, what) : [command, {}]), limitMinutes);
  const number = (word) =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce((sum, [, n]) => sum + Number(n), 0);
  const good = counted ? number('passing') : Number(code === 0);
  // A run that ended badly without naming a failed test, or that ran no test at all, has failed as a whole.
  const bad = Math.max(counted ? number('failing') : 0, Number(code !== 0 || good === 0));
  passed += good;
  failed += bad;
  if (bad > 0) failures.push(`== ${name}`, ...failuresIn(output));
  say(`== ${name}: ${bad === 0 ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** What runs in VS Code: fetched now, as it may not be able to reach a registry then. */
async function prepared(command, { vscode, vsix, alone: wanted = false }) {
  await ensureVSCode(vscode);
  await ensureBrowser();
  if (vsix) await copyFile(PACKAGED, vsix);
  const why = wanted ? await whyNotAlone() : '';
  if (wanted) say(why === undefined ? 'Alone: only this machine can be reached.' : `NOT alone: ${why}.`);
  if (options.alone && why !== undefined) throw new Error(`The tests cannot run alone: ${why}.`);
  if (wanted && why !== undefined) notes.push(`${NOT_PROVED} (${why}).`);
  const isAlone = why === undefined;
  return [
    isAlone ? alone([...command, 'test/alone/**/*.test.ts']) : command,
    testing({ vscode, vsix, alone: isAlone }),
  ];
}

/** What mocha lists after its numbers, or the end of what any other program printed. */
function failuresIn(output) {
  const lines = output.split('\n');
  const listed = lines.findIndex((line) => /^\s*\d+ failing\b/.test(line));
  return listed < 0 ? lines.slice(-20) : lines.slice(listed, listed + 60);
}

/** Runs a program, shows what it prints and keeps it. One that does not end is stopped, with all it started. */
function tee([command, ...args], env, limitMinutes) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...env },
    });
    running.add(child);
    let output = '';
    const limit = setTimeout(() => {
      keep(process.stdout)(`\nStopped: it did not end within ${limitMinutes} minutes.\n`);
      kill(child);
      // What escaped may hold them open.
      child.stdout.destroy();
      child.stderr.destroy();
    }, limitMinutes * 60_000);
    const keep = (to) => (chunk) => {
      output += chunk;
      to.write(chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Ends a program and what it started: servers and browsers of tests that were stopped in the middle. */
function kill(child) {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

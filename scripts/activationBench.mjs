// Times the activation of extensions, each installed in a server of its own, on fresh extension hosts in turns.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserArguments } from './browser.mjs';
import { root, run } from './processes.mjs';
import { installExtension, startServer, windowAddress } from './server.mjs';
import { ensureBrowser, ensureVSCode } from './setup.mjs';

/** What is measured of one activation (test/host/activation.ts), and how it is called. */
const FIGURES = [
  ['ms', 'activate()', 'ms'],
  ['cpuMs', 'processor time of it, all threads', 'ms'],
  ['stallMs', 'longest stall in the second after it began', 'ms'],
  ['heapMB', 'heap after it', 'MB more'],
  ['loadedKB', 'loaded by it', 'kB'],
  ['files', 'files loaded by it', ''],
  ['firstCommandMs', 'first command after it', 'ms'],
];

/**
 * Measures packaged extensions and folders beside an empty extension.
 *
 * @param {readonly { name: string, place: string }[]} subjects `place`: a VSIX, or the folder of an extension
 * @param {number} rounds
 * @returns {Promise<{ name: string, value: number, unit: string, baseline?: number }[]>} medians; the baseline is the empty extension's
 */
export async function measureActivation(subjects, rounds) {
  const { chromium } = await import('playwright-core');
  const folder = await ensureVSCode();
  const executablePath = await ensureBrowser();
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-bench-'));
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  const hosts = [];
  try {
    const carrier = await writeExtension(path.join(data, 'carrier'), 'carrier');
    const empty = await packed(await writeExtension(path.join(data, 'empty'), 'empty'));
    for (const [n, subject] of [{ name: 'empty extension', place: empty }, ...subjects].entries()) {
      hosts.push(await openHost(subject, { folder, carrier, data: path.join(data, String(n)) }));
    }
    // In turns, so that whatever else the machine does comes to all alike.
    for (let round = 0; round < rounds; round++) {
      for (const host of hosts) host.rounds.push(await measure(browser, host));
    }
  } finally {
    await browser.close();
    for (const { server } of hosts) await server.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
  const [baseline, ...others] = hosts;
  return FIGURES.flatMap(([key, label, unit]) =>
    others.flatMap((host) => {
      const value = medianOf(host, key);
      if (value === undefined) return [];
      const beside = medianOf(baseline, key);
      return { name: `${host.name}: ${label}`, value, unit, ...(beside === undefined ? {} : { baseline: beside }) };
    }),
  );
}

/** A server that has the extension: installed, as users have it, or in development, from its folder. */
async function openHost({ name, place }, { folder, carrier, data }) {
  const isPackage = place.endsWith('.vsix');
  if (isPackage) await installExtension({ folder, data, vsix: place });
  const manifest = isPackage
    ? await installedManifest(data)
    : JSON.parse(await readFile(path.join(place, 'package.json')));
  const id = `${manifest.publisher}.${manifest.name}`;
  const env = { ISC_IDENTITIES_BENCH: JSON.stringify({ id }) };
  return { name, extension: isPackage ? carrier : place, server: await startServer({ folder, data, env }), rounds: [] };
}

async function installedManifest(data) {
  const [installed] = JSON.parse(await readFile(path.join(data, 'extensions', 'extensions.json'), 'utf8'));
  return JSON.parse(await readFile(path.join(data, 'extensions', installed.relativeLocation, 'package.json'), 'utf8'));
}

/** On a busy machine a window may start an extension before it is measured: another window is taken then. */
async function measure(browser, host, triesLeft = 2) {
  try {
    return await measureOnce(browser, host);
  } catch (error) {
    if (triesLeft === 0 || !/was active before/.test(error.message)) throw error;
    return measure(browser, host, triesLeft - 1);
  }
}

/** A fresh page is a fresh extension host. */
async function measureOnce(browser, { name, server, extension }) {
  const page = await browser.newPage();
  try {
    let measured;
    const said = [];
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      const found = /^activation (\{.*\})$/.exec(String(args[0]));
      if (found) measured = JSON.parse(found[1]);
      else said.push(args.join(' '));
    });
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    const tests = path.join(root, 'out', 'test', 'host', 'activation.js');
    await page.goto(windowAddress(server, { extension, tests }));
    await ended;
    if (measured === undefined) throw new Error(`The activation of ${name} was not measured.\n${said.join('\n')}`);
    return measured;
  } finally {
    await page.close();
  }
}

async function writeExtension(folder, name) {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name,
    publisher: 'isc-identities-bench',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onCommand:empty.none'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), 'exports.activate = () => {};');
  return folder;
}

async function packed(folder) {
  const vsix = path.join(folder, 'packed.vsix');
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: folder, quiet: true });
  return vsix;
}

function medianOf({ rounds }, key) {
  const values = rounds.map((round) => round[key]).filter((value) => value !== undefined);
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

// Fetches what a fresh clone lacks: the npm packages, a VS Code to run in, a browser to show it.
// Each function prints a line before it begins something long and one that says what it did, or throws one sentence that says
// what to do.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cache, isExecutable, npm, onPath, root, run, say as sayAlways, seconds } from './processes.mjs';

const said = new Set();
/** A test run asks for the same things again and again; once is enough to read. */
function say(line) {
  if (!said.has(line)) sayAlways(line);
  said.add(line);
}

/** The oldest VS Code the extension claims to run in (engines.vscode), as the server that code-server ships. */
export const oldestVSCode = '1.100.3';

/** The newest one it is tested in. */
export const newestVSCode = '1.139.1';

/** What a server that wants a newer Node than this script's is run with: the program, in the server's own folder. */
const OWN_NODE = process.platform === 'win32' ? 'node.exe' : 'node';

/** Installs the npm packages unless node_modules already holds what package-lock.json names. */
export async function ensureDependencies() {
  if (await dependenciesMatch()) {
    say('Packages: up to date.');
    return;
  }
  say('Packages: installing with npm ci (about a minute)...');
  const started = Date.now();
  try {
    await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  } catch (error) {
    throw new Error('The npm packages could not be installed: check the network and run `npm ci`.', { cause: error });
  }
  say(`Packages: installed (${seconds(started)}).`);
}

/** npm records what it installed in a lock file of its own; times of files say less (a checkout touches them). */
async function dependenciesMatch() {
  const installedLock = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(await readFile(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional, devOptional }]) =>
      name === '' ||
      installed[name]?.version === version ||
      (installed[name] === undefined && (optional || devOptional)),
  );
}

/**
 * A VS Code Server with its web workbench, kept under .vscode-test by version. One that wants a newer Node than this script's gets
 * it beside it (`nodeFor`).
 * @param {string} [wanted] version of VS Code: `1.139.1`, or `1.139` for the newest of these
 * @returns {Promise<string>} the folder that holds `out/server-main.js`
 */
export async function ensureVSCode(wanted = oldestVSCode) {
  const version = [oldestVSCode, newestVSCode].find((known) => known.startsWith(`${wanted}.`)) ?? wanted;
  const folder = path.join(cache, `vscode-server-${version}`);
  if (existsSync(folder)) {
    await quietNpmExtension(folder);
    say(`VS Code: ${version} (server, already there).`);
    return folder;
  }
  const started = Date.now();
  say(`VS Code: fetching ${version} (server) from the npm registry (about 20 seconds)...`);
  // code-server numbers its releases after the VS Code inside: 4.100.3 is 1.100.3.
  const release = version.replace(/^1\./, '4.');
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(path.join(cache, 'unfinished-'));
  try {
    await fetchServer(release, unfinished);
    // Renamed last, so that a folder of that name is always complete, also with two runs at once.
    await rename(path.join(unfinished, 'server'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (error) {
    throw new Error(
      `VS Code ${version} could not be fetched from the npm registry (package code-server): check the network and try again.`,
      { cause: error },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await quietNpmExtension(folder);
  say(`VS Code: fetched ${version} (${seconds(started)}).`);
  return folder;
}

/** Puts the server, and the Node it needs when that is another one, into `server` below the folder. */
async function fetchServer(release, folder) {
  const quiet = { cwd: folder, quiet: true };
  const server = path.join(folder, 'server');
  await mkdir(server);
  const archive = await packed(`code-server@${release}`, folder);
  await run('tar', ['-xzf', archive, '--strip-components=3', '-C', 'server', 'package/lib/vscode'], quiet);
  // The native modules' install scripts need a compiler; the server does without what they build.
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: server,
    quiet: true,
  });
  await run('tar', ['-xzf', archive, 'package/package.json'], quiet);
  const { engines } = JSON.parse(await readFile(path.join(folder, 'package', 'package.json'), 'utf8'));
  const [node] = /\d+/.exec(engines.node) ?? [];
  if (Number(node) <= Number(process.versions.node.split('.')[0])) return;
  say(`VS Code: fetching Node ${node} for it...`);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const nodeArchive = await packed(`node-${platform}-${process.arch}@${node}`, folder);
  await run('tar', ['-xzf', nodeArchive, `package/bin/${OWN_NODE}`], quiet);
  await rename(path.join(folder, 'package', 'bin', OWN_NODE), path.join(server, OWN_NODE));
}

/** Fetches a package of the npm registry into a folder; returns the name of its archive. */
async function packed(name, folder) {
  const said = await npm(['pack', name, '--silent'], { cwd: folder, quiet: true });
  return said.trim().split('\n').at(-1);
}

/** The Node that a server of ensureVSCode() runs on. */
export function nodeFor(folder) {
  const own = path.join(folder, OWN_NODE);
  return existsSync(own) ? own : process.execPath;
}

/**
 * Lets VS Code's own npm extension sleep. It wakes when any JSON is opened, starts ripgrep, which the server comes without, and says
 * in red that it failed. (Without its folder the browser tries to load it, and says that, too.)
 */
async function quietNpmExtension(folder) {
  const file = path.join(folder, 'extensions', 'npm', 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  if (manifest.activationEvents?.length === 0) return;
  await writeFile(file, JSON.stringify({ ...manifest, activationEvents: [] }));
}

/**
 * A Chromium-like browser: an installed one, else Debian's, else playwright's own download.
 * @returns {Promise<string>} the path of its executable
 */
export async function ensureBrowser() {
  const installed = installedBrowser();
  if (installed !== undefined) {
    say(`Browser: ${installed}.`);
    return installed;
  }
  const started = Date.now();
  say('Browser: installing (about a minute)...');
  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get') !== undefined) {
    try {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update'], { quiet: true, env });
      await run('apt-get', ['install', '-y', 'chromium'], { quiet: true, env });
    } catch {
      // No Debian package here (Ubuntu has none, or no network): the next way is tried.
    }
    const fromDebian = onPath('chromium');
    if (fromDebian !== undefined) {
      say(`Browser: installed Debian's chromium (${seconds(started)}).`);
      return fromDebian;
    }
  }
  try {
    const cli = path.join(root, 'node_modules', 'playwright-core', 'cli.js');
    await run(process.execPath, [cli, 'install', '--with-deps', 'chromium'], { quiet: true });
  } catch (error) {
    throw new Error('No Chrome, Edge or Chromium was found and none could be installed: install one and try again.', {
      cause: error,
    });
  }
  say(`Browser: downloaded playwright's chromium (${seconds(started)}).`);
  return playwrightBrowser();
}

function installedBrowser() {
  const { LOCALAPPDATA, PROGRAMFILES } = process.env;
  const x86 = process.env['PROGRAMFILES(X86)'];
  const usual = {
    darwin: ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [PROGRAMFILES, x86, LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
  }[process.platform];
  const named = onPath('google-chrome', 'google-chrome-stable', 'chromium', 'microsoft-edge', 'microsoft-edge-stable');
  const found = named ?? (usual ?? []).find(isExecutable);
  if (found !== undefined) return found;
  const own = playwrightBrowser();
  return isExecutable(own) ? own : undefined;
}

/** Where playwright keeps its own browser, whether it is there or not. */
function playwrightBrowser() {
  return createRequire(import.meta.url)('playwright-core').chromium.executablePath();
}

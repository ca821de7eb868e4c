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
 * A VS Code Server with its web workbench, kept under .vscode-test by version.
 * @param {string} [version] of VS Code; must run on the Node this script runs on
 * @returns {Promise<string>} the folder that holds `out/server-main.js`
 */
export async function ensureVSCode(version = oldestVSCode) {
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
    await npm(['pack', `code-server@${release}`, '--silent'], { cwd: unfinished, quiet: true });
    const archive = `code-server-${release}.tgz`;
    await mkdir(path.join(unfinished, 'server'));
    await run('tar', ['-xzf', archive, '--strip-components=3', '-C', 'server', 'package/lib/vscode'], {
      cwd: unfinished,
      quiet: true,
    });
    // The native modules' install scripts need a compiler; the server does without what they build.
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: path.join(unfinished, 'server'),
      quiet: true,
    });
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

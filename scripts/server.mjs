// A VS Code Server as a child process, and the addresses under which it shows what.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './processes.mjs';
import { doorPath } from './serverGuard.mjs';
import { nodeFor } from './setup.mjs';

/** What keeps a VS Code quiet: no telemetry, no welcome page, nothing fetched in the background. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'security.workspace.trust.enabled': false,
};

/**
 * @typedef {{ port: number, origin: string, data: string, token: string, openDoor(address: string, view: string): string, stop(): Promise<void> }} Server
 *   `openDoor` makes a short address that leads to a window's address, as long as the server runs; a new window shows the view
 */

/**
 * Starts a VS Code Server on 127.0.0.1 and waits until it listens.
 * @param {{ folder: string, data: string, port?: number, settings?: Record<string, unknown>, env?: Record<string, string>,
 *   asksForTrust?: boolean, under?: readonly string[] }} options
 *   `folder` from ensureVSCode(), `data` its data folder (made when missing), `port` 0 for any, `settings` the user's,
 *   written only when the folder has none yet, `env` for the server and its extension hosts, `asksForTrust`: no workspace is
 *   trusted until a person says so, `under` a program with its arguments that runs the server
 * @returns {Promise<Server>} rejects with one sentence when it ends before it listens
 */
export async function startServer({
  folder,
  data,
  port = 0,
  settings = quietSettings,
  env = {},
  asksForTrust = false,
  under = [],
}) {
  await writeSettings(data, settings, { keep: true });
  const options = ['--accept-server-license-terms'];
  if (!asksForTrust) options.push('--disable-workspace-trust');
  const { token, tokenFile } = await makeToken(data);
  // Whoever lists the processes of this machine must not read it there.
  options.push('--connection-token-file', tokenFile);
  options.push('--server-data-dir', data, '--telemetry-level', 'off');
  const serverProcess = fileURLToPath(new URL('serverProcess.mjs', import.meta.url));
  const [program, ...args] = [...under, nodeFor(folder), serverProcess, ...options];
  const child = spawn(program, args, {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...withoutVSCode(process.env),
      ...env,
      VSCODE_SERVER_FOLDER: folder,
      VSCODE_SERVER_DATA: data,
      VSCODE_SERVER_LISTEN: String(port),
      VSCODE_SERVER_TOKEN_FILE: tokenFile,
    },
  });
  // Ends with this process, also on process.exit() in the middle of something.
  const killNow = () => kill(child, 'SIGKILL');
  process.once('exit', killNow);
  const ended = once(child, 'exit').then(() => process.removeListener('exit', killNow));

  const stop = async () => {
    kill(child, 'SIGTERM');
    const late = setTimeout(killNow, 3000);
    await ended;
    clearTimeout(late);
    killNow(); // what the group may still hold
  };
  try {
    const listening = await portOf(child);
    const origin = `http://127.0.0.1:${listening}`;
    const openDoor = (to, view) => {
      const key = randomBytes(6).toString('hex');
      child.stdin.write(`${JSON.stringify({ key, to, view })}\n`);
      return `${origin}${doorPath(key)}`;
    };
    return { port: listening, origin, data, token, openDoor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Only who knows it may use the server. New at each start, in a file that its owner alone can read. */
async function makeToken(data) {
  const folder = path.join(data, 'token');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const tokenFile = path.join(folder, 'connection-token');
  const token = randomBytes(16).toString('hex');
  await rm(tokenFile, { force: true });
  await writeFile(tokenFile, token, { mode: 0o600, flag: 'wx' });
  return { token, tokenFile };
}

function portOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk) => {
      output += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => reject(new Error(`The VS Code Server could not be started: ${error.message}`)));
    child.once('exit', (code) => {
      reject(new Error(`The VS Code Server ended before it listened (exit code ${code}).\n${output.trim()}`));
    });
  });
}

/** A signal to the server and every process it started. */
function kill(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // already gone
  }
}

/** Inside a VS Code terminal these would reach the server's extension hosts. */
function withoutVSCode(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE'),
  );
}

/** Writes the user settings of a data folder; with `keep`, settings already there stay. */
export async function writeSettings(data, settings, { keep = false } = {}) {
  const file = path.join(data, 'data', 'User', 'settings.json');
  if (keep && existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/** Installs a packaged extension into a data folder. Takes the package's path; rejects with the installer's own words. */
export async function installExtension({ folder, data, vsix }) {
  const options = [
    '--server-data-dir',
    data,
    '--accept-server-license-terms',
    '--install-extension',
    path.resolve(vsix),
  ];
  await run(nodeFor(folder), [path.join(folder, 'out', 'server-main.js'), ...options], { quiet: true });
}

/**
 * The address that opens a window.
 * @param {Server} server
 * @param {{ extension?: string, besides?: string, tests?: string, workspace?: string }} [options] `extension` the folder of an
 *   extension under development, `besides` that of another one, `tests` a module with `run()` to execute in the extension host,
 *   `workspace` the folder to open, or the URI of one that is on no disk, or a .code-workspace file
 */
export function windowAddress(server, { extension, besides, tests, workspace } = {}) {
  const remote = (file) => encodeURIComponent(`vscode-remote://127.0.0.1:${server.port}${toUrlPath(file)}`);
  const parts = [
    `tkn=${server.token}`,
    workspace === undefined ? 'ew=true' : toQuery(workspace),
    `payload=${encodeURIComponent('[["skipWelcome","true"]]')}`,
  ];
  // These two are read by serverPage.mjs.
  if (extension !== undefined) parts.push(`extension=${remote(linked(extension, server.data))}`);
  if (besides !== undefined) parts.push(`extension=${remote(besides)}`);
  if (tests !== undefined) parts.push(`tests=${remote(tests)}`);
  return `${server.origin}/?${parts.join('&')}`;
}

/** What a window's address says of the folder to open. */
function toQuery(workspace) {
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const isUri = /^[a-z]{2,}:\//.test(workspace);
  return `${kind}=${encodeURIComponent(isUri ? workspace : toUrlPath(workspace))}`;
}

/**
 * The extension's folder by another path. A window takes its theme from the folder of the extension under development if there
 * is one below it, and below ours, in .vscode-test, are all themes of the server.
 */
function linked(extension, data) {
  const link = path.join(data, 'extension');
  if (!existsSync(link)) symlinkSync(path.resolve(extension), link, 'junction');
  return link;
}

function toUrlPath(file) {
  const slashes = path.resolve(file).split(path.sep).join('/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

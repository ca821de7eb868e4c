// npm start: everything a fresh clone lacks is fetched, the extension is built, and a VS Code opens with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { cache, main, onPath, root, run, say } from './processes.mjs';
import { quietSettings, startServer, windowAddress } from './server.mjs';
import { ensureDependencies, ensureVSCode } from './setup.mjs';

/** Tried first: the browser keeps a window's state and secrets by its address, so it should be the same each time. */
const PORT = 8123;

await main(async () => {
  await ensureDependencies();
  await run(process.execPath, ['esbuild.mjs'], { quiet: true });
  say('Extension: built.');
  const code = onPath('code');
  if (code === undefined) await serve();
  else await openDesktop(code);
});

/** Waits for `code` itself, which ends once its window is open. */
async function openDesktop(code) {
  const quoted = process.platform === 'win32' ? (text) => `"${text}"` : (text) => text;
  const child = spawn(quoted(code), ['--new-window', quoted(`--extensionDevelopmentPath=${root}`)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${code} could not open a window (exit code ${exitCode}).`);
  say('VS Code: opened a new window with the extension. Its icon is in the activity bar.');
}

async function serve() {
  const folder = await ensureVSCode();
  const data = path.join(cache, 'start');
  const workspace = path.join(data, 'workspace');
  await mkdir(workspace, { recursive: true });
  const server = await startServer({ folder, data, port: await freePort(PORT), settings: quietSettings });
  // Real secrets are typed into this window: only who sees this output, with the token in it, may open it.
  say('');
  say('Open this address in a browser on this machine; Ctrl+C ends it:');
  say(windowAddress(server, { extension: root, workspace }));
  const stop = () => void server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** The wanted port, or any when it is taken. */
function freePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });
}

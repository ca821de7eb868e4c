// npm start: everything a fresh clone lacks is fetched, the extension is built, and a VS Code opens with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cache, main, onPath, root, run, say, seconds } from './processes.mjs';
import { quietSettings, startServer, windowAddress } from './server.mjs';
import { ensureDependencies, ensureVSCode } from './setup.mjs';

/** Tried first: the browser keeps a window's state and secrets by its address, so it should be the same each time. */
const PORT = 8123;

/** What a new window shows: the view with what there is to do first. */
const VIEW = 'iscIdentities.tenants';

const WHERE = 'Its icon is in the activity bar: ISC Identities.';

const options = {
  /** A VS Code in the browser, also where there is a desktop one. */
  browser: { type: 'boolean', default: false },
  /** Where the server keeps settings, tenants and logs. */
  data: { type: 'string', default: path.join(cache, 'start') },
};

say('ISC Identities: getting ready. The first start takes about two minutes, later ones a few seconds.');
await main(async () => {
  const { data, browser } = parseArgs({ options }).values;
  await ensureDependencies();
  const started = Date.now();
  await run(process.execPath, ['esbuild.mjs'], { quiet: true });
  say(`Extension: built (${seconds(started)}).`);
  const code = browser ? undefined : onPath('code');
  if (code === undefined) await serve(path.resolve(data));
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
  say(`VS Code: opened a new window with the extension. ${WHERE}`);
}

async function serve(data) {
  const folder = await ensureVSCode();
  const started = Date.now();
  const workspace = path.join(data, 'workspace');
  await mkdir(workspace, { recursive: true });
  const server = await startServer({ folder, data, port: await freePort(PORT), settings: quietSettings });
  say(`VS Code: started (${seconds(started)}).`);
  // Real secrets are typed into this window: only who sees this output, with the key in it, may open it.
  const address = server.openDoor(windowAddress(server, { extension: root, workspace }), VIEW);
  say('');
  say('Open this address in a browser on this machine:');
  say('');
  say(`  ${address}`);
  say('');
  say(`It opens with the Tenants view: begin with "Try the demo tenant". ${WHERE}`);
  say('Only this machine can reach it, and only who knows this address. It is valid until Ctrl+C ends it.');
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

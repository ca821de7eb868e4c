// Runs test/host inside the extension host of a real VS Code: the built tests are named in a window's address, and the window
// reports what they print and how they end through two functions of the page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { browserArguments } from './browser.mjs';
import { damageStorage, snapshot, storageOf } from './damage.mjs';
import { main, root, say } from './processes.mjs';
import { quietSettings, startServer, windowAddress } from './server.mjs';
import { ensureBrowser, ensureVSCode } from './setup.mjs';
import { tested } from './tested.mjs';

/** What the window says about itself. */
const noise =
  /spdlog|watchdog|Service Worker|connection token|Creating a socket|builtin extensions cache|ChatSession|open-vsx|not a web extension|grace-time|AgentHost|AccountPolicyGate/;

/** Milliseconds for the whole suite; a hung extension host must not hang the run. */
const LIMIT = 180_000 + Number(process.env.SOAK_SECONDS ?? 0) * 1_000;

await main(async () => {
  const { chromium } = await import('playwright-core');
  const folder = await ensureVSCode(tested.vscode);
  const executablePath = await ensureBrowser();
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-host-'));
  // The extension starts on a damaged disk: it has to start all the same, and to leave alone what it cannot read.
  const storage = storageOf(data);
  damageStorage(storage);
  const before = snapshot(storage);
  const server = await startServer({ folder, data, settings: quietSettings });
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      const line = format(...args);
      if (!noise.test(line)) say(line);
    });
    await page.goto(
      windowAddress(server, { extension: root, tests: path.join(root, 'out', 'test', 'host', 'index.js') }),
    );
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error('The host tests did not end.')), LIMIT).unref(),
    );
    const code = await Promise.race([ended, late]);
    if (code !== 0) throw new Error('The host tests failed.');
    const after = new Set(snapshot(storage));
    const lost = before.filter((line) => !after.has(line));
    if (lost.length > 0) throw new Error(`Damaged files were not left alone:\n${lost.join('\n')}`);
    if (after.size === before.length && !process.env.HOST_TESTS)
      throw new Error(`The extension keeps its files elsewhere than in ${storage}.`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
});

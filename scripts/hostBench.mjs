// Runs a module of test/host inside the extension host of a real VS Code and hands on what it measures.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserArguments } from './browser.mjs';
import { root } from './processes.mjs';
import { startServer, windowAddress } from './server.mjs';
import { ensureBrowser, ensureVSCode } from './setup.mjs';

/**
 * @param {string} module its name in test/host
 * @param {(figure: { name: string, value: number, unit: string }) => void} measured
 * @param {Record<string, string>} env for the extension host
 */
export async function measureInHost(module, measured, env = {}) {
  const { chromium } = await import('playwright-core');
  const folder = await ensureVSCode();
  const executablePath = await ensureBrowser();
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-bench-'));
  const server = await startServer({ folder, data, env });
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const page = await browser.newPage();
    const said = [];
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      const found = /^measured (\{.*\})$/.exec(String(args[0]));
      if (found) measured(JSON.parse(found[1]));
      else said.push(args.join(' '));
    });
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    const tests = path.join(root, 'out', 'test', 'host', `${module}.js`);
    await page.goto(windowAddress(server, { extension: root, tests }));
    const code = await ended;
    if (code !== 0) throw new Error(`${module} could not be measured.\n${said.join('\n')}`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

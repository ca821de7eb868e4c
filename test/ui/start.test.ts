import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { chromium, type Browser } from 'playwright-core';
import { browserArguments } from '../../scripts/browser.mjs';
import { root } from '../../scripts/processes.mjs';
import { ensureBrowser, ensureVSCode } from '../../scripts/setup.mjs';
import { waitUntil } from '../waitUntil';
import { tryDemo } from './connect';
import { openWindows, rememberWhatIsSaid } from './failures';
import { Workbench } from './workbench';

/** What a newcomer does: `npm start`, the printed address, the first click. */
describe('npm start', () => {
  let start: ChildProcess;
  let data: string;
  let output = '';
  let browser: Browser;
  let vs: Workbench;
  const address = (): string => /http:\/\/127\.0\.0\.1:\d+\/k\/\w+/.exec(output)?.[0] ?? '';

  before(async () => {
    await ensureVSCode();
    const executablePath = await ensureBrowser();
    data = await mkdtemp(path.join(tmpdir(), 'isc-identities-start-'));
    start = spawn(process.execPath, ['scripts/start.mjs', '--browser', '--data', data], { cwd: root });
    for (const stream of [start.stdout, start.stderr]) stream?.on('data', (text) => (output += String(text)));
    browser = await chromium.launch({ executablePath, args: browserArguments });
    await waitUntil(() => output.includes('Ctrl+C') || start.exitCode !== null, 'it says where it is', { everyMs: 50 });
  });
  after(async () => {
    openWindows.delete(vs);
    await browser?.close();
    start?.kill('SIGKILL');
    if (data !== undefined) await rm(data, { recursive: true, force: true, maxRetries: 5 });
  });

  it('says what it does, a short address, where its icon is, and who can reach it', () => {
    const [first] = output.split('\n');
    assert.match(first ?? '', /^ISC Identities: getting ready\./);
    assert.match(output, /\n\n {2}http:\/\/127\.0\.0\.1:\d+\/k\/[0-9a-f]{12}\n\n/);
    assert.match(output, /Its icon is in the activity bar: ISC Identities\./);
    assert.match(output, /Only this machine can reach it, and only who knows this address\./);
    assert.doesNotMatch(output, /%/);
  });

  it('lets nobody in without the address, nor a page of another name or site', async () => {
    const { origin } = new URL(address());
    const status = async (url: string, headers: Record<string, string> = {}): Promise<number> =>
      (await fetch(url, { headers, redirect: 'manual' })).status;
    assert.equal(await status(`${origin}/`), 403);
    assert.equal(await status(`${origin}/k/000000000000`), 403);
    assert.equal(await status(address(), { origin: 'http://evil.example' }), 403);
    assert.equal(await status(address()), 302);
  });

  it('opens the views by itself, with what there is to do first', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await rememberWhatIsSaid(page);
    vs = new Workbench(page);
    openWindows.add(vs);
    await page.goto(address());
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).waitFor();
    assert.ok(!page.url().includes('tkn='), 'the token is not in the address of the window');
    await vs.screenshot('npm-start-light');
  });

  it('has a log, opens JSON, and shows no message that is none of ours', async () => {
    await tryDemo(vs);
    await vs.expand(vs.row('All identities'));
    await vs.contextMenu(vs.row('Ada Winterbourne'), 'Open as', 'Open as JSON');
    await vs.tab(/Ada Winterbourne.*\.json/).waitFor();
    await vs.page.locator('.view-line', { hasText: '"name"' }).first().waitFor();
    await vs.palette('ISC Identities: Show log');
    await vs.page.locator('.view-line', { hasText: 'getIdentity' }).first().waitFor();
    await vs.screenshot('npm-start-log-light');
    assert.deepEqual(await vs.page.locator('.notification-toast').allInnerTexts(), []);
    assert.deepEqual(vs.problems, []);
  });

  it('lets the same browser in again by the same address', async () => {
    await vs.page.goto(address());
    await vs.row('Demo tenant').waitFor();
  });

  it('ends with its server when it is told to', async () => {
    const { origin } = new URL(address());
    start.kill('SIGTERM');
    await once(start, 'exit');
    assert.equal(start.exitCode, 0);
    await assert.rejects(fetch(origin));
  });
});

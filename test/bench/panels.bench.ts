/**
 * Time from a click to the first content of each kind of panel, at several latencies of the service, in a real VS Code
 * with a browser; not pass or fail. Beside it stands a bare extension's page of one line, which asks nobody anything:
 * VS Code's own share. Run with: npx tsx test/bench/panels.bench.ts
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startDemo } from '../../src/demo/server';
import { launch, type Session } from '../ui/driver';
import { connect, showIdentities } from '../ui/connect';

const ROUNDS = 5;
const LATENCIES = [0, 80, 500];
const PERSON = 'Ada Winterbourne';
const OTHER = 'Abel Marchetto';

type Action = () => Promise<void>;
type Content = (page: FrameLocator) => Promise<void>;

function row(name: string, value: number, unit = 'ms'): void {
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Milliseconds from an action to the moment something is in the page of the panel that is in front. */
async function once(vs: Session, action: Action, content: Content): Promise<number> {
  const from = performance.now();
  await action();
  await content(vs.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame'));
  const took = performance.now() - from;
  await vs.palette('View: Close All Editors');
  await vs.page.locator('iframe.webview').waitFor({ state: 'detached' });
  return took;
}

/** The median of several rounds, without the first panel of a window, which loads parts of VS Code too. */
async function timed(vs: Session, action: Action, content: Content, before: Action = () => Promise.resolve()) {
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    await before();
    times.push(await once(vs, action, content));
  }
  return median(times);
}

/** An extension with one row, whose click opens a page with one line. */
async function bareExtension(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'bare',
    publisher: 'isc-identities',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onView:bare'],
    contributes: {
      viewsContainers: { activitybar: [{ id: 'bare', title: 'ISC Identities', icon: 'icon.svg' }] },
      views: { bare: [{ id: 'bare', name: 'Tenants' }] },
    },
  };
  const main = `const vscode = require('vscode');
exports.activate = () => {
  const open = { command: 'bare.open', title: 'Open' };
  vscode.commands.registerCommand('bare.open', () => {
    const panel = vscode.window.createWebviewPanel('bare', 'Bare', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html><body><h1 class="line">One line</h1></body></html>';
  });
  vscode.window.createTreeView('bare', {
    treeDataProvider: { getChildren: () => ['Row'], getTreeItem: (label) => ({ label, command: open }) },
  });
};`;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), main);
  await writeFile(path.join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>');
  return folder;
}

async function measureBare(folder: string): Promise<number> {
  const vs = await launch({ extension: await bareExtension(folder) });
  try {
    await vs.openView();
    const click = () => vs.row('Row').click();
    const line: Content = (page) => page.locator('.line').waitFor();
    await once(vs, click, line);
    return await timed(vs, click, line);
  } finally {
    await vs.dispose();
  }
}

async function measure(): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-bench-'));
  const bare = await measureBare(path.join(data, 'bare')).finally(() => rm(data, { recursive: true, force: true }));
  row('bare page of one line, VS Code’s own share', bare);
  const demo = await startDemo({ identities: 300, rateLimit: Infinity });
  const vs = await launch();
  const attributes: Content = (page) => page.getByRole('tab', { name: /^Attributes \(/ }).waitFor();
  const answer: Content = (page) => page.locator('.answer').waitFor();
  try {
    await vs.openView();
    await connect(vs, demo);
    await showIdentities(vs);
    await vs.expand(vs.row(PERSON));
    await once(vs, () => vs.row(PERSON).click(), attributes);
    await vs.contextMenu(vs.row(PERSON), 'Select for compare');
    const menu = async (): Promise<void> => {
      await vs.row(OTHER).click({ button: 'right' });
      await vs.page.locator('.monaco-menu').getByText('Compare with selected', { exact: true }).hover();
    };
    for (const latency of LATENCIES) {
      demo.latencyMs = latency;
      const panels = {
        identity: await timed(vs, () => vs.row(PERSON).click(), attributes),
        'role assignment': await timed(vs, () => vs.row('Austin Office').click(), answer),
        compare: await timed(vs, () => vs.page.keyboard.press('Enter'), attributes, menu),
      };
      for (const [name, took] of Object.entries(panels)) {
        row(`${name} panel, ${latency} ms a request`, took);
        row(`${name} panel, ${latency} ms a request: more than bare`, took - bare);
      }
    }
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();

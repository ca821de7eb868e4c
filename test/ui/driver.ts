// Starts a real VS Code with the extension and shows it in a real browser. What a person then does is in workbench.ts.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { browserArguments } from '../../scripts/browser.mjs';
import { root } from '../../scripts/processes.mjs';
import { installExtension, quietSettings, startServer, windowAddress } from '../../scripts/server.mjs';
import { ensureBrowser, ensureVSCode } from '../../scripts/setup.mjs';
import { Workbench } from './workbench';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern', contrast: 'Default High Contrast' };
const labels = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Dark High Contrast' };
const worn = { dark: '.vs-dark', light: '.vs', contrast: '.hc-black' };
export type Theme = keyof typeof themes;
const VIEWPORT = { width: 1280, height: 800 };

export interface LaunchOptions {
  /** Default dark. */
  theme?: Theme;
  /** A packaged extension to install; without it the working folder runs as an extension under development. */
  vsix?: string;
  /** Another folder to run as the extension under development. */
  extension?: string;
  /** Size of the window, default 1280 x 800. */
  viewport?: { width: number; height: number };
  /** The browser's zoom: as many pixels of the screen for each of the page; default 1. */
  zoom?: number;
  /** User settings added to the quiet ones. */
  userSettings?: Record<string, unknown>;
  /** A folder to open; without it the window is empty. */
  workspace?: string;
}

/** A window of VS Code, with everything that was started for it. */
export class Session extends Workbench {
  constructor(
    page: Page,
    /** Where the server keeps settings, logs and storages. */
    readonly data: string,
    private readonly stop: () => Promise<void>,
  ) {
    super(page);
  }

  /** Changes the colour theme as a person would, and waits until the window wears it. */
  async setTheme(theme: Theme): Promise<void> {
    await this.palette('Preferences: Color Theme');
    await this.type(labels[theme]);
    await this.pick(labels[theme]);
    await this.page.locator(`.monaco-workbench${worn[theme]}`).waitFor();
  }

  /** Closes the window, stops the server and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
  }
}

/**
 * The browser of all windows of this process, and where the server of each listens. A second window at an address whose files
 * the browser knows already opens in half the time; what a window stores there is removed with it.
 */
let shared: Promise<{ readonly browser: Browser; readonly context: BrowserContext; readonly port: number }> | undefined;

async function openBrowser() {
  const executablePath = await ensureBrowser();
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  return { browser, context: await browser.newContext({ viewport: VIEWPORT }), port: await freePort() };
}

/** Closes the browser of this process, with all windows in it. */
export async function closeBrowser(): Promise<void> {
  const opened = await shared;
  shared = undefined;
  await opened?.browser.close();
}

// In a run of mocha after its last test; figures are taken without one.
if ('after' in globalThis) globalThis.after(closeBrowser);

/**
 * Opens a window of VS Code with the extension in it.
 * @returns the window, once its activity bar shows the extension; call `dispose()` when done
 */
export async function launch(options: LaunchOptions = {}): Promise<Session> {
  const folder = await ensureVSCode();
  const { browser, context, port } = await (shared ??= openBrowser());
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-ui-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const settings = (theme: Theme) => ({
    ...quietSettings,
    'workbench.colorTheme': themes[theme],
    ...options.userSettings,
  });
  try {
    if (options.vsix !== undefined) await installExtension({ folder, data, vsix: options.vsix });
    const server = await startServer({ folder, data, port, settings: settings(options.theme ?? 'dark') });
    undo.push(() => server.stop());

    const page =
      options.zoom === undefined
        ? await context.newPage()
        : await browser.newPage({ viewport: options.viewport ?? VIEWPORT, deviceScaleFactor: options.zoom });
    undo.push(() => closeAndForget(page, server.origin));
    await page.setViewportSize(options.viewport ?? VIEWPORT);
    page.setDefaultTimeout(60_000);

    const session = new Session(page, data, stop);
    const extension = options.vsix === undefined ? (options.extension ?? root) : undefined;
    await page.goto(
      windowAddress(server, {
        ...(extension === undefined ? {} : { extension }),
        ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
      }),
    );
    await session.ready();
    return session;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Closes a window and removes all that it stored in the browser: secrets, states. */
async function closeAndForget(page: Page, origin: string): Promise<void> {
  const context = page.context();
  await page.close();
  const blank = await context.newPage();
  const protocol = await context.newCDPSession(blank);
  const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers,websql,file_systems';
  await protocol.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await context.clearPermissions();
  await blank.close();
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

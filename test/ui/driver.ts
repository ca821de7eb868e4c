// Starts a real VS Code with the extension and shows it in a real browser. What a person then does is in workbench.ts.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { browserArguments } from '../../scripts/browser.mjs';
import { root, say } from '../../scripts/processes.mjs';
import { installExtension, quietSettings, startServer, windowAddress } from '../../scripts/server.mjs';
import { ensureBrowser, ensureVSCode } from '../../scripts/setup.mjs';
import { tested } from '../../scripts/tested.mjs';
import { Watch } from './attempts';
import { openWindows, rememberWhatIsSaid } from './failures';
import { Workbench } from './workbench';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern', contrast: 'Default High Contrast' };
const labels = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Dark High Contrast' };
const worn = { dark: '.vs-dark', light: '.vs', contrast: '.hc-black' };
export type Theme = keyof typeof themes;

export interface LaunchOptions {
  /** Default dark. */
  theme?: Theme;
  /** A packaged extension to install; default the one that is tested, if one is; else the working folder. */
  vsix?: string;
  /** Another folder to run as the extension under development, in place of both. */
  extension?: string;
  /** Size of the window, default 1280 x 800. */
  viewport?: { width: number; height: number };
  /** The browser's zoom: as many pixels of the screen for each of the page; default 1. */
  zoom?: number;
  /** User settings added to the quiet ones. */
  userSettings?: Record<string, unknown>;
  /** A folder to open, the URI of one that is on no disk, or a .code-workspace file; without it the window is empty. */
  workspace?: string;
  /** No workspace is trusted until a person says so: the window opens in Restricted Mode. */
  asksForTrust?: boolean;
  /** The folder of another extension to run. */
  besides?: string;
  /** The display language, default English. VS Code itself stays English: there is no language pack. */
  language?: string;
}

/** A window of VS Code, with everything that was started for it. */
export class Session extends Workbench {
  constructor(
    page: Page,
    /** Where the server keeps settings, logs and storages. */
    readonly data: string,
    private readonly stop: () => Promise<void>,
    private readonly watch: Watch | undefined,
  ) {
    super(page);
    openWindows.add(this);
  }

  /** Changes the colour theme as a person would, and waits until the window wears it. */
  async setTheme(theme: Theme): Promise<void> {
    await this.palette('Preferences: Color Theme');
    await this.type(labels[theme]);
    await this.pick(labels[theme]);
    await this.page.locator(`.monaco-workbench${worn[theme]}`).waitFor();
  }

  /** Closes the window, stops the server and removes its data. @throws when it was watched and another machine was to be reached */
  async dispose(): Promise<void> {
    assert.deepEqual(await this.disposeAndTell(), []);
  }

  /** As `dispose`. @returns what another machine was to be reached by */
  async disposeAndTell(): Promise<readonly string[]> {
    openWindows.delete(this);
    await this.stop();
    return this.watch?.conclude() ?? [];
  }
}

/**
 * Opens a window of VS Code with the extension in it.
 * @returns the window, once its activity bar shows the extension; call `dispose()` when done
 */
export async function launch(options: LaunchOptions = {}): Promise<Session> {
  const folder = await ensureVSCode(tested.vscode);
  const executablePath = await ensureBrowser();
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-ui-'));
  const watch = tested.alone ? new Watch() : undefined;
  const undo: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const settings = (theme: Theme) => ({
    ...quietSettings,
    'workbench.colorTheme': themes[theme],
    ...(options.asksForTrust && {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    }),
    ...options.userSettings,
  });
  try {
    const vsix = options.extension === undefined ? (options.vsix ?? tested.vsix) : undefined;
    if (vsix !== undefined) await installExtension({ folder, data, vsix });
    const server = await startServer({
      folder,
      data,
      settings: settings(options.theme ?? 'dark'),
      asksForTrust: options.asksForTrust ?? false,
      under: watch?.under ?? [],
    });
    undo.push(() => server.stop());

    const browser = await chromium.launch({ executablePath, args: browserArguments });
    undo.push(() => browser.close());
    const page = await browser.newPage({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      deviceScaleFactor: options.zoom ?? 1,
    });
    watch?.look(page.context());
    page.setDefaultTimeout(60_000);
    await rememberWhatIsSaid(page);
    if (options.language !== undefined) await page.addInitScript({ content: setLanguage(options.language) });

    const session = new Session(page, data, stop, watch);
    await page.exposeFunction('choiceDropped', () =>
      session.chooseAgain().catch((error: unknown) => say(String(error))),
    );
    const extension = vsix === undefined ? (options.extension ?? root) : undefined;
    await page.goto(
      windowAddress(server, {
        ...(extension === undefined ? {} : { extension }),
        ...(options.besides === undefined ? {} : { besides: options.besides }),
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

/** What the page does before VS Code reads there which language it is in: it would set that of its own texts. */
function setLanguage(language: string): string {
  const value = `{ get: () => ${JSON.stringify(language)}, set: () => undefined }`;
  return `Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', ${value});`;
}

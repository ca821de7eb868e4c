// What was on the screen when a test failed, as a picture and in words: a failure of a machine far away is read in its log only.
import type { Context, RootHookObject } from 'mocha';
import { say } from '../../scripts/processes.mjs';
import type { Page } from 'playwright-core';
import type { Workbench } from './workbench';

/** The windows that are open now. */
export const openWindows = new Set<Workbench>();

/** What the words are taken from. */
const places = {
  dialogs: '.monaco-dialog-box .dialog-message-container',
  input: '.quick-input-widget:not([style*="display: none"])',
  menu: '.monaco-menu .action-label',
  notifications: '.notification-toast .notification-list-item-message',
  tabs: '.tabs-container .tab .label-name',
  'rows of the tree': '.sidebar .monaco-list-row',
  'status bar': '.statusbar .statusbar-item',
  focus: ':focus',
};

declare global {
  interface Window {
    said?: string[];
    lastSaid?: string[];
    choiceDropped?: () => Promise<void>;
  }
}

/** Messages go away again: what the status bar and the notifications say is noted, with its time, as long as the page lives. */
export async function rememberWhatIsSaid(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.said = [];
    // No named function in here: the page does not know what the compiler makes of its name.
    setInterval(() => {
      const shown = [...document.querySelectorAll('.statusbar-item, .notification-list-item-message')].map(
        (element) => element.textContent ?? '',
      );
      for (const text of shown) {
        if (window.lastSaid?.includes(text) === true) continue;
        window.said?.push(`${new Date().toISOString()} ${text}`);
        if (/The list was just refreshed|Die Liste wurde gerade/.test(text)) void window.choiceDropped?.();
      }
      window.lastSaid = shown;
    }, 250);
  });
}

/** For every test, in whichever process mocha runs it: read by `require` in .mocharc.json. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state === 'failed') await tellWhatIsShown(test.title);
  },
};

async function tellWhatIsShown(title: string): Promise<void> {
  for (const opened of openWindows) {
    try {
      await opened.screenshot(`failed-${title.replaceAll(/[^\w -]+/g, '_')}`);
      say(`When "${title}" failed:`);
      for (const [name, selector] of Object.entries(places)) {
        const texts = await opened.page
          .locator(selector)
          .evaluateAll((found) => found.map((e) => e.getAttribute('aria-label') ?? e.textContent ?? e.tagName));
        if (texts.length > 0) say(`  ${name}: ${texts.map((text) => text.trim()).join(' | ')}`);
      }
      const said = await opened.page.evaluate(() => window.said ?? []);
      for (const text of said.slice(-15)) say(`  said: ${text}`);
      for (const problem of opened.problems) say(`  console: ${problem}`);
    } catch (error) {
      say(`  The window could not be read: ${String(error)}`);
    }
  }
}

// What was on the screen when a test failed, as a picture and in words: a failure of a machine far away is read in its log only.
import { afterEach } from 'mocha';
import { say } from '../../scripts/processes.mjs';
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

afterEach(async function () {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  for (const window of openWindows) {
    try {
      await window.screenshot(`failed-${test.title.replaceAll(/[^\w -]+/g, '_')}`);
      say(`When "${test.title}" failed:`);
      for (const [name, selector] of Object.entries(places)) {
        const texts = await window.page
          .locator(selector)
          .evaluateAll((found) => found.map((e) => e.getAttribute('aria-label') ?? e.textContent ?? e.tagName));
        if (texts.length > 0) say(`  ${name}: ${texts.map((text) => text.trim()).join(' | ')}`);
      }
      for (const problem of window.problems) say(`  console: ${problem}`);
    } catch (error) {
      say(`  The window could not be read: ${String(error)}`);
    }
  }
});

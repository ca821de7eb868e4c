// What a person does in a window of VS Code, by what is on the screen. Every step waits for a state, none for a time.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/processes.mjs';

export interface Row {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
}

/** Files the server does not have and the closed network cannot fetch, and what a slow machine makes VS Code say (of a
 * page that was replaced while it loaded, too); it works without. */
const noise =
  /favicon|vsda|update\/check|serviceWorker|Service Worker|fetching the script|open-vsx\.org|ERR_NAME_NOT_RESOLVED|spdlog|watchdog|ripgrep|Timed out getting tasks|Aborted onWillSaveTextDocument-event|\[lifecycle\]|IndexedDB database '[\w-]+' is closed|not a web extension|typescript-language-features|authentication provider 'github'|Found unexpected null[^]*webview\/browser\/pre\/index\.html/;

/** VS Code answers 404 to a page that was replaced while it loaded, for files that are there. */
function isOfReplacedPage(problem: string): boolean {
  const file = /status of 404 .*\/dist\/webview\/([\w.]+)/.exec(problem)?.[1];
  return file !== undefined && existsSync(path.join(root, 'dist', 'webview', file));
}

export class Workbench {
  /** Errors on the browser's console, the extension host's among them, without the server's own noise. */
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.note(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.note(error.stack ?? error.message));
  }

  /** What was chosen from the menu of a row last, and when (milliseconds). */
  private lastChoice: { readonly row: Locator; readonly items: readonly string[]; readonly at: number } | undefined;

  /**
   * VS Code drops what is chosen from the menu of a row while its list is drawn again, and the extension says so: it is chosen once
   * more, as a person is told to. Nothing was begun by a choice that was dropped.
   */
  async chooseAgain(): Promise<void> {
    const dropped = this.lastChoice;
    if (dropped && Date.now() - dropped.at < 5_000) await this.contextMenu(dropped.row, ...dropped.items);
  }

  private note(problem: string): void {
    if (!noise.test(problem) && !isOfReplacedPage(problem)) this.problems.push(problem);
  }

  private get container(): Locator {
    return this.page.locator('.activitybar .action-item', {
      has: this.page.locator('.action-label[aria-label^="ISC Identities"]'),
    });
  }

  /** Waits until the window is up and the extension's icon is in the activity bar. */
  async ready(): Promise<void> {
    await this.container.waitFor({ timeout: 60_000 });
  }

  /** Shows the extension's views in the side bar. */
  async openView(): Promise<void> {
    // By command: a click on the icon of a container that is open, or is just being restored, closes it.
    await this.palette('View: Show ISC Identities');
    await this.view().waitFor();
  }

  /** One of the extension's views: its header and body. */
  view(title = 'Tenants'): Locator {
    return this.page
      .locator('.sidebar .pane')
      .filter({ has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** The rows of a tree that are on the screen, from top to bottom. */
  async rows(view?: string): Promise<Row[]> {
    return this.view(view)
      .locator('.monaco-list-row')
      .evaluateAll((elements) =>
        elements
          .map((element) => ({
            index: Number(element.getAttribute('data-index')),
            label: element.querySelector('.label-name')?.textContent ?? '',
            description: element.querySelector('.label-description')?.textContent ?? '',
            spoken: element.getAttribute('aria-label') ?? '',
            level: Number(element.getAttribute('aria-level')),
            expanded: { true: true, false: false }[element.getAttribute('aria-expanded') ?? ''],
          }))
          .sort((a, b) => a.index - b.index)
          .map(({ label, description, spoken, level, expanded }) => ({ label, description, spoken, level, expanded })),
      );
  }

  /** The row with that label (all of it, or as the expression says). */
  row(label: string | RegExp, view?: string): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.view(view).locator('.monaco-list-row').filter({ has: name }).first();
  }

  /** Goes down a tree by keyboard until the row is on the screen. */
  async scrollTo(label: string | RegExp, view?: string): Promise<Locator> {
    const row = this.row(label, view);
    await this.view(view).locator('.monaco-list').first().focus();
    await this.page.keyboard.press('Home');
    const giveUp = Date.now() + 20_000;
    while (!(await row.isVisible())) {
      if (Date.now() > giveUp) throw new Error(`No row ${String(label)} down to the end of the tree`);
      await this.page.keyboard.press('PageDown');
      await this.frame();
    }
    return row;
  }

  /** Presses a key in a tree until it has led there: one is lost in a list that is drawn again at that moment. */
  async pressUntil(key: string, place: Locator, view?: string): Promise<void> {
    for (let tries = 1; !(await place.isVisible()); tries++) {
      if (tries > 10) throw new Error(`${key} did not lead to ${String(place)}`);
      await this.view(view).locator('.monaco-list').first().focus();
      await this.page.keyboard.press(key);
      await place.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
  }

  /** Until the window has drawn twice: a key has then been taken in. */
  async frame(): Promise<void> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Expands a row and waits until its children are there. */
  async expand(row: Locator): Promise<void> {
    await row.waitFor();
    // A click on a row that is drawn again at that moment is lost.
    await this.again(async () => {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
      await row.and(this.page.locator('[aria-expanded="true"]')).waitFor({ timeout: 10_000 });
      try {
        await this.firstBelow(row);
      } catch (error) {
        // VS Code shows a row as expanded and forgets what is below it when the rows above it are taken in at that moment: it is
        // collapsed and expanded again, as a person would.
        await this.collapse(row);
        throw error;
      }
    });
    if ((await row.getAttribute('aria-level')) === '2') await this.counted(row);
  }

  /** Every row that expands has at least one row below it, if only one that says that there is nothing. */
  private async firstBelow(row: Locator): Promise<void> {
    const [index, level] = await Promise.all([row.getAttribute('data-index'), row.getAttribute('aria-level')]);
    const child = `[data-index="${Number(index) + 1}"][aria-level="${Number(level) + 1}"]`;
    const tree = row.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " monaco-list-rows ")]');
    await tree.locator(`.monaco-list-row${child}`).waitFor({ timeout: 20_000 });
  }

  /**
   * Waits until a list says how many identities are in it: then its rows are drawn once more, and a click meanwhile is lost. One that
   * cannot be counted never says it.
   */
  private async counted(row: Locator): Promise<void> {
    const count = row.locator('.label-description').filter({ hasText: /^\d[\d,.]*( · |$)/ });
    await count.waitFor({ timeout: 3_000 }).catch(() => undefined);
  }

  /** Opens a row's context menu and chooses an item, through submenus when several are named. */
  async contextMenu(row: Locator, ...items: string[]): Promise<void> {
    await this.again(async () => {
      await row.click({ button: 'right', timeout: 10_000 });
      // The menu is that of the row it marks: rows may have moved under the click.
      await row.and(this.page.locator('.focused')).waitFor({ timeout: 6_000 });
      for (const item of items) {
        await this.menuItem(item).hover({ timeout: 6_000 });
        this.lastChoice = { row, items, at: Date.now() };
        await this.choose(this.menuItem(item));
      }
      await this.page.locator('.monaco-menu').waitFor({ state: 'detached', timeout: 6_000 });
    });
  }

  /** Presses Enter on the item of a menu that has the focus: in one step with the look whether it still has it. */
  private async choose(item: Locator): Promise<void> {
    await item.and(this.page.locator(':focus')).or(item.locator(':focus')).waitFor({ timeout: 6_000 });
    await item.evaluate((element) => {
      const focused = document.activeElement;
      if (!element.contains(focused)) throw new Error('The menu has closed meanwhile');
      focused?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }),
      );
    });
  }

  /** Opens a person's panel by a click on her row, and pins it by Enter, which moves the focus into it. */
  async open(name: string | RegExp): Promise<void> {
    await this.preview(name);
    await this.again(async () => {
      // The second time the panel may have the focus already.
      if (await this.row(name).and(this.page.locator('.focused')).isVisible()) await this.page.keyboard.press('Enter');
      await this.panelHasFocus(6_000);
    });
  }

  /** Waits until the focus is in a panel's page: its frame is not `:focus` then, the page in it is. */
  async panelHasFocus(timeout = 20_000): Promise<void> {
    await this.page.waitForFunction(() => document.activeElement?.matches('iframe.webview'), undefined, { timeout });
  }

  /** Shows a person in the preview panel by a click on her row: the focus stays there. */
  async preview(name: string | RegExp): Promise<void> {
    this.lastChoice = undefined;
    await this.again(async () => {
      await this.row(name).click({ timeout: 10_000 });
      await this.tab(name).and(this.page.locator('.active')).first().waitFor({ timeout: 10_000 });
    });
  }

  /**
   * Does something on a row until it worked, as a person would: a row that is drawn again at that moment loses a click, and a
   * menu closes. Only for what does the same when done twice, or has not begun when it fails.
   */
  private async again(action: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await action();
      } catch (error) {
        if (tries === 6) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The titles in a row's context menu; closes it again. @param picture keeps one of the menu, by this name */
  async contextMenuItems(row: Locator, picture?: string): Promise<string[]> {
    await row.click({ button: 'right' });
    await row.and(this.page.locator('.focused')).waitFor();
    const labels = this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
    await labels.first().waitFor();
    const titles = await labels.allInnerTexts();
    if (picture !== undefined) await this.screenshot(picture);
    await this.page.keyboard.press('Escape');
    return titles.map((title) => title.trim()).filter((title) => title !== '');
  }

  private menuItem(title: string): Locator {
    return this.page.locator('.monaco-menu .action-menu-item').filter({
      has: this.page.locator('.action-label').getByText(title, { exact: true }),
    });
  }

  /** Runs a command from the command palette by its full title, category included. */
  async palette(title: string): Promise<void> {
    const row = this.quickPickRow(title);
    // A palette opened while the window is still starting does not list what is registered later, and a
    // panel that has just loaded takes the focus from it: it is opened again.
    for (let tries = 0; tries < 15; tries++) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.locator('input').fill(`>${title}`, { timeout: 2_000 });
        await row.waitFor({ timeout: 2_000 });
      } catch {
        await this.page.keyboard.press('Escape');
        continue;
      }
      try {
        // Long: a click that was given up after it had happened would run the command twice.
        return await row.click({ timeout: 20_000 });
      } catch {
        await this.page.keyboard.press('Escape');
      }
    }
    throw new Error(`No command ${title} in the palette`);
  }

  private get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  private quickPickRow(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.quickInput.locator('.monaco-list-row').filter({ has: name }).first();
  }

  /** Types into the input box or quick pick that is open, as a search does. */
  async type(text: string): Promise<void> {
    await this.quickInput.locator('input[type="text"], input[type="password"]').first().fill(text);
  }

  /** Answers the input box that is open. */
  async input(text: string): Promise<void> {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses from the quick pick that is open. */
  async pick(label: string | RegExp): Promise<void> {
    // The tooltip of a row under the mouse would lie over the one that is wanted.
    await this.page.mouse.move(1, 1);
    await this.quickPickRow(label).click();
  }

  /** Types into the search that is open and chooses what it finds. Its title tells when the rows are those of what was typed. */
  async search(text: string, label: string | RegExp): Promise<void> {
    await this.type(text);
    await this.page.locator('.quick-input-title').filter({ hasText: text }).waitFor();
    await this.pick(label);
  }

  /** The labels of the quick pick that is open, once it has one. */
  async quickPickItems(): Promise<string[]> {
    const labels = this.quickInput.locator('.monaco-list-row .quick-input-list-row:first-child .label-name');
    await labels.first().waitFor();
    return labels.allInnerTexts();
  }

  /** The title or the prompt of the input that is open, with the message below it (a refusal, for example). */
  async inputText(): Promise<string> {
    await this.quickInput.waitFor();
    return this.quickInput
      .locator('.quick-input-title, .quick-input-message')
      .allInnerTexts()
      .then((all) => all.join('\n').trim());
  }

  /** Waits for a message below the input that is open (a refusal, a hint). */
  async inputMessage(text: string | RegExp): Promise<void> {
    await this.quickInput.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  /** Waits for a text in the status bar. */
  async statusBar(text: string | RegExp): Promise<void> {
    await this.page.locator('.statusbar .statusbar-item').filter({ hasText: text }).first().waitFor();
  }

  /** Points at something until its tooltip is there: one that is drawn again meanwhile loses it. */
  async tooltip(place: Locator, text: string | RegExp): Promise<Locator> {
    const shown = this.page.locator('.monaco-hover:visible').filter({ hasText: text }).first();
    await this.again(async () => {
      await this.page.mouse.move(1, 1);
      await place.hover({ timeout: 10_000 });
      await shown.waitFor({ timeout: 6_000 });
    });
    return shown;
  }

  /** Closes a notification. */
  async dismiss(toast: Locator): Promise<void> {
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'detached' });
  }

  /** Collapses a row. */
  async collapse(row: Locator): Promise<void> {
    // A click on a row that is drawn again at that moment is lost.
    await this.again(async () => {
      if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
      await row.and(this.page.locator('[aria-expanded="false"]')).waitFor({ timeout: 10_000 });
    });
  }

  /** A notification that contains the text; buttons by `getByRole('button', { name })` inside it. */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Presses a button of the modal dialog and returns what the dialog said. */
  async modal(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const said = await dialog.locator('.dialog-message-container').innerText();
    await dialog.locator('.monaco-button').getByText(button, { exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    return said;
  }

  /** The tab of an editor or panel. */
  tab(title: string | RegExp): Locator {
    // Newer versions put the ending of a file's name into an element of its own.
    const name = typeof title === 'string' ? new RegExp(`^${title.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`) : title;
    return this.page.locator('.tabs-container .tab').filter({
      has: this.page.locator('.monaco-icon-label-container').filter({ hasText: name }),
    });
  }

  /** The page inside a panel: brings its tab to the front first. The focus stays where it is when it is there already. */
  async webview(title: string | RegExp): Promise<FrameLocator> {
    const front = this.tab(title).and(this.page.locator('.active')).first();
    if (!(await front.isVisible())) await this.tab(title).first().click();
    const outer = this.page.frameLocator('iframe.webview.ready:visible');
    const inner = outer.frameLocator('#active-frame');
    await inner.locator('body').waitFor();
    return inner;
  }

  /** Keeps a picture of the window in artifacts/screenshots. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(root, 'artifacts', 'screenshots', `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    // What fades in is shown as it is in the end.
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  /** Reloads the window by the command: unlike a reload of the page it waits until what is open is stored. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.palette('Developer: Reload Window');
    await loaded;
    await this.ready();
  }
}

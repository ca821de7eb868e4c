import type { Locator } from 'playwright-core';
import { chooseFile } from './files';
import type { Workbench } from './workbench';

/** A hand at the mouse or the keyboard: everything it does is one step. Typing a text is one, as is choosing from a menu. */
export class Hand {
  readonly steps: string[] = [];

  constructor(private readonly vs: Workbench) {}

  async click(what: string, place: Locator, modifiers: ('Control' | 'Shift')[] = []): Promise<void> {
    await place.click({ modifiers, position: { x: 60, y: 8 } });
    this.steps.push(`${modifiers.map((key) => `${key}+`).join('')}click ${what}`);
  }

  async press(key: string, what = ''): Promise<void> {
    await this.vs.page.keyboard.press(key);
    this.steps.push(what === '' ? key : `${key} (${what})`);
  }

  async type(text: string): Promise<void> {
    await this.vs.type(text);
    this.steps.push(`type "${text}"`);
  }

  /** A text in the box that is open, and Enter: one answer. @param what how the table calls it */
  async input(what: string, text: string): Promise<void> {
    await this.vs.input(text);
    this.steps.push(`type ${what}`);
  }

  /** A file in the dialog for files. */
  async file(file: string): Promise<void> {
    await chooseFile(this.vs, file);
    this.steps.push('choose the file');
  }

  /** Right-click, and each entry that is chosen. */
  async menu(row: Locator, ...entries: string[]): Promise<void> {
    await this.vs.contextMenu(row, ...entries);
    this.steps.push('right-click', ...entries);
  }

  /** F1, and the command that is typed and chosen. */
  async palette(title: string): Promise<void> {
    await this.vs.palette(`ISC Identities: ${title}`);
    this.steps.push('F1', title);
  }

  async pick(label: string | RegExp): Promise<void> {
    await this.vs.pick(label);
    this.steps.push(`choose ${String(label)}`);
  }

  /** The button of a question. @returns what the question said */
  async confirm(button: string): Promise<string> {
    const said = await this.vs.modal(button);
    this.steps.push(button);
    return said;
  }

  async button(what: string, button: Locator): Promise<void> {
    await button.click();
    this.steps.push(what);
  }
}

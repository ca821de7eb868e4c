/** What commands use of VS Code beside asking, noted instead of done. */
import { join } from 'node:path';
import type { ActiveEditor, FileToRead, FileToWrite, FileTypes, Workbench } from '../../../src/commands/ui/workbench';
import { openGrowingFile } from '../../../src/storage/growingFile';

export class ScriptedWorkbench implements Workbench {
  /** Commands that were run, with their arguments. */
  readonly ran: (readonly unknown[])[] = [];
  clipboard = '';
  readonly browsed: string[] = [];
  /** The bytes of the file that is chosen; undefined: none is. */
  file: Uint8Array | undefined;
  /** Where a file is written to; undefined: the dialog is closed. */
  target: string | undefined;
  /** The folder it grows in. */
  folderOfTarget = '';
  /** Names that were suggested for files. */
  readonly suggested: string[] = [];
  readonly written: { readonly name: string; readonly text: string }[] = [];
  editor: Pick<ActiveEditor, 'path' | 'text' | 'selected'> | undefined;
  /** Where the cursor was put in the editor. */
  readonly revealed: number[] = [];
  folder = false;
  focused = true;
  proxy: string | undefined;

  runCommand(id: string, ...args: readonly unknown[]): Promise<void> {
    this.ran.push([id, ...args]);
    return Promise.resolve();
  }

  readClipboard(): Promise<string> {
    return Promise.resolve(this.clipboard);
  }

  writeClipboard(text: string): Promise<void> {
    this.clipboard = text;
    return Promise.resolve();
  }

  openInBrowser(address: string): Promise<boolean> {
    this.browsed.push(address);
    return Promise.resolve(true);
  }

  chooseFile(): Promise<FileToRead | undefined> {
    const { file } = this;
    if (!file) return Promise.resolve(undefined);
    return Promise.resolve({
      fetchSize: () => Promise.resolve(file.length),
      read: () => Promise.resolve(file),
    });
  }

  chooseTarget(_question: string, _types: FileTypes, suggested: string): Promise<FileToWrite | undefined> {
    this.suggested.push(suggested);
    const { target: name } = this;
    if (name === undefined) return Promise.resolve(undefined);
    const write = (text: string): Promise<void> => {
      this.written.push({ name, text });
      return Promise.resolve();
    };
    return Promise.resolve({
      name,
      write,
      grow: () => openGrowingFile(this.folderOfTarget === '' ? name : join(this.folderOfTarget, name)),
    });
  }

  activeEditor(): ActiveEditor | undefined {
    return this.editor && { ...this.editor, reveal: (offset) => this.revealed.push(offset) };
  }

  hasSettings(): boolean {
    return this.folder;
  }

  isFocused(): boolean {
    return this.focused;
  }

  proxySetting(): string | undefined {
    return this.proxy;
  }

  describe(): readonly string[] {
    return ['ISC Identities of the test'];
  }
}

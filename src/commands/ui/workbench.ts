/** What commands use of VS Code beside asking and showing. `vscodeWorkbench.ts` is the real one. No vscode. */
import type { GrowingFile } from '../../storage/growingFile';

export interface Workbench {
  /** Runs a command: of ours or of VS Code's. */
  runCommand(id: string, ...args: readonly unknown[]): Thenable<unknown>;
  readClipboard(): Thenable<string>;
  writeClipboard(text: string): Thenable<void>;
  /** Opens an address in the browser. @returns whether the person let it */
  openInBrowser(address: string): Thenable<boolean>;
  /** Asks for a file to read. @returns undefined when none was chosen */
  chooseFile(question: string, types: FileTypes): Promise<FileToRead | undefined>;
  /** Asks for the file to write: `name` in the folder that is open, when it is on a disk, else at home. */
  chooseTarget(question: string, types: FileTypes, name: string): Promise<FileToWrite | undefined>;
  /** The text editor the person is in, or was in last. */
  activeEditor(): ActiveEditor | undefined;
  /**
   * A folder is open whose own settings count. In Restricted Mode they do not: what it keeps there is not seen, and would be replaced
   * by what is saved.
   */
  hasSettings(): boolean;
  /** The person is in this window. */
  isFocused(): boolean;
  /** Where VS Code's settings send requests through. */
  proxySetting(): string | undefined;
  /** Versions and settings, a line each, for a maintainer. */
  describe(): readonly string[];
}

/** What a dialog calls a kind of file -> endings without a dot. */
export type FileTypes = Readonly<Record<string, readonly string[]>>;

export interface FileToRead {
  fetchSize(): Promise<number>;
  read(): Thenable<Uint8Array>;
}

export interface FileToWrite {
  /** Without its folder. */
  readonly name: string;
  write(text: string): Thenable<void>;
  /**
   * Begins to write while the text is still on the way.
   * @throws the file system's error; ApiError `invalid` for a place that is no disk
   */
  grow(): Promise<GrowingFile>;
}

export interface ActiveEditor {
  /** Of its document's address. */
  readonly path: string;
  readonly text: string;
  /** What is selected; empty where nothing is. */
  readonly selected: string;
  /** Puts the cursor there and scrolls to it. */
  reveal(offset: number): void;
}

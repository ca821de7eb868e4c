/** A file that a person named and that is written while its text is still on the way. No vscode. */
import { open, rename } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/**
 * Grows beside its place under a name that says it is incomplete, and takes its place once it is whole: a file that was there
 * is not lost to half of another.
 */
export interface GrowingFile {
  /** @throws the file system's error, as on a full disk */
  append(text: string): Promise<void>;
  /** All is written. @throws the file system's error, as of a file that another program holds; what was written stays */
  finish(): Promise<void>;
  /** Nothing more comes; what was written stays. @returns where, without its folder */
  leaveIncomplete(): Promise<string>;
}

/** @throws the file system's error, before anything else is begun */
export async function openGrowingFile(file: string): Promise<GrowingFile> {
  const ending = extname(file);
  const part = join(dirname(file), `${basename(file, ending)}.incomplete${ending}`);
  const handle = await open(part, 'w');
  return {
    append: async (text) => {
      await handle.appendFile(text, 'utf8');
    },
    async finish() {
      await handle.sync();
      await handle.close();
      await rename(part, file);
    },
    async leaveIncomplete() {
      await handle.close().catch(() => undefined);
      return basename(part);
    },
  };
}

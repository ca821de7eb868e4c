/** A file that a person named and that is written while its text is still on the way. No vscode. */
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
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

/** Incomplete files of one name. */
const MOST_PARTS = 100;

/** @throws the file system's error, before anything else is begun */
export async function openGrowingFile(file: string): Promise<GrowingFile> {
  const { handle, part } = await openPart(file);
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

/** A name of its own: what another export is writing, or left incomplete, is not touched. */
async function openPart(file: string): Promise<{ readonly handle: FileHandle; readonly part: string }> {
  const ending = extname(file);
  const mode = await modeOf(file);
  for (let n = 1; ; n++) {
    const part = join(dirname(file), `${basename(file, ending)}.incomplete${n === 1 ? '' : `-${String(n)}`}${ending}`);
    try {
      return { handle: await open(part, 'wx', mode), part };
    } catch (error) {
      if (n === MOST_PARTS || (error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Who may read the file that is replaced may read the new one, and nobody else. */
async function modeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return undefined;
  }
}

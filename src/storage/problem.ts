/** Why a stored file cannot be used, without a word of what is in it. No vscode. */

/** A file was there and is not what was meant. Its message is a clause of our own and quotes nothing. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

/** What system codes mean. */
const CODES: Readonly<Record<string, string>> = {
  EACCES: 'access to it is denied',
  EPERM: 'access to it is denied',
  EISDIR: 'a folder stands in its place',
  ENOTDIR: 'a file stands in the place of its folder',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk does not answer',
};

/**
 * Why a file cannot be read or written, as a clause: "it is not JSON". Safe for a log that is shared: messages of JSON.parse
 * quote the text they stumble over, and those of the file system name folders of the person, so neither is passed on.
 */
export function problemOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (error instanceof SyntaxError) return 'it is not JSON';
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && /^[A-Z0-9_]{1,40}$/.test(code)) return CODES[code] ?? code;
  return error instanceof Error ? error.name : 'something unknown went wrong';
}

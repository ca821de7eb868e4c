/** Why a stored file cannot be used, without a word of what is in it. No vscode. */
import { t } from '../text/l10n';

/** A file was there and is not what was meant. Its message is a clause of our own and quotes nothing. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

/** What system codes mean. */
const CODES: Readonly<Record<string, string>> = {
  EACCES: t('access is denied'),
  EPERM: t('access is denied'),
  EISDIR: t('a folder is in its place'),
  ENOTDIR: t('a file is in the place of its folder'),
  ENOENT: t('it does not exist'),
  ENOSPC: t('the disk is full'),
  EDQUOT: t('the disk is full'),
  EROFS: t('the disk is read-only'),
  EMFILE: t('too many files are open'),
  ENFILE: t('too many files are open'),
  ENAMETOOLONG: t('its name is too long'),
  EIO: t('the disk does not respond'),
  EBUSY: t('another program has it open'),
};

/**
 * Why a file cannot be read or written, as a clause: "it is not JSON". Safe for a log that is shared: messages of JSON.parse
 * quote the text they stumble over, and those of the file system name folders of the person, so neither is passed on.
 */
export function problemOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (error instanceof SyntaxError) return t('it is not valid JSON');
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && /^[A-Z0-9_]{1,40}$/.test(code)) return CODES[code] ?? code;
  return error instanceof Error ? error.name : t('unknown error');
}

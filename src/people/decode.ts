/** Bytes of a file as text: the encodings that spreadsheets and scripts write. No vscode. */

export interface Decoded {
  readonly text: string;
  /** `guessed`: nothing in the file says so, but it is no UTF-8. Names with accents may be wrong then. */
  readonly encoding: 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252';
  readonly guessed: boolean;
}

/** How many of the first bytes are looked at for NULs. */
const SAMPLE_BYTES = 4_096;

/**
 * Reads a file's bytes: by its byte order mark; without one UTF-16 when every other byte of its start is NUL (PowerShell's
 * `Out-File` of old), else UTF-8, and Windows-1252 where that fails.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decoded(bytes, 'UTF-8', 'utf-8');
  if (a === 0xff && b === 0xfe) return decoded(bytes, 'UTF-16 LE', 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(bytes, 'UTF-16 BE', 'utf-16be');
  const start = bytes.subarray(0, SAMPLE_BYTES);
  const nulsAt = (odd: 0 | 1): number => start.reduce((sum, byte, at) => sum + Number(byte === 0 && at % 2 === odd), 0);
  if (nulsAt(1) > start.length / 4) return decoded(bytes, 'UTF-16 LE', 'utf-16le');
  if (nulsAt(0) > start.length / 4) return decoded(bytes, 'UTF-16 BE', 'utf-16be');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8', guessed: false };
  } catch {
    return { ...decoded(bytes, 'Windows-1252', 'windows-1252'), guessed: true };
  }
}

function decoded(bytes: Uint8Array, encoding: Decoded['encoding'], label: string): Decoded {
  return { text: new TextDecoder(label).decode(bytes), encoding, guessed: false };
}

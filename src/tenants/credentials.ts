/** Credentials as the secret storage keeps them: a text that also says which address they were given for. No vscode. */
import * as v from 'valibot';
import type { Credentials } from '../api/client';
import { readAs } from '../schema';

const FORMAT = 1;

/** Which credentials they are. */
const CREDENTIALS = v.variant('kind', [
  v.object({ kind: v.literal('pat'), clientId: v.string(), clientSecret: v.string() }),
  v.object({ kind: v.literal('token'), accessToken: v.string() }),
]);

/** What stands beside them. */
const BINDING = v.object({
  format: v.literal(FORMAT),
  /** The API origin they were given for; absent in what versions before stored. */
  origin: v.exactOptional(v.string()),
});

export interface StoredCredentials {
  readonly credentials: Credentials;
  /** The API origin they were given for; absent in what versions before stored. */
  readonly origin?: string;
}

export function formatCredentials(credentials: Credentials, origin: string): string {
  return JSON.stringify({ format: FORMAT, origin, ...credentials });
}

/** @returns undefined for what cannot be read */
export function parseCredentials(stored: string): StoredCredentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return undefined;
  }
  const binding = readAs(BINDING, value);
  const credentials = readAs(CREDENTIALS, value);
  if (!binding || !credentials) return undefined;
  return { credentials, ...(binding.origin === undefined ? {} : { origin: binding.origin }) };
}

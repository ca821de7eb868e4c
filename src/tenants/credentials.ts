/** Credentials as the secret storage keeps them: a text that also says which address they were given for. No vscode. */
import type { Credentials } from '../api/client';
import { isOptional, isRecord, isString } from '../storage/shape';

const FORMAT = 1;

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
  if (!isRecord(value)) return undefined;
  const { format, origin, kind, clientId, clientSecret, accessToken } = value;
  if (format !== FORMAT || !isOptional(origin, isString)) return undefined;
  const bound = origin === undefined ? {} : { origin };
  if (kind === 'pat' && isString(clientId) && isString(clientSecret)) {
    return { credentials: { kind, clientId, clientSecret }, ...bound };
  }
  return kind === 'token' && isString(accessToken) ? { credentials: { kind, accessToken }, ...bound } : undefined;
}

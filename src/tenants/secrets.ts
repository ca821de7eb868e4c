import type * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';

const PREFIX = 'iscIdentities.credentials.';

/** The only user of `context.secrets`. Values are never logged. */
export class Secrets {
  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly log: ApiLog,
  ) {}

  /** Calls back with the tenant id whose credentials changed, in this window or another. */
  onDidChange(listener: (tenantId: string) => void): vscode.Disposable {
    return this.storage.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    });
  }

  /** Credentials of a tenant; undefined when there are none or what is stored cannot be read. */
  async get(tenantId: string): Promise<Credentials | undefined> {
    const stored = await this.storage.get(PREFIX + tenantId);
    if (stored === undefined) return undefined;
    const credentials = parse(stored);
    // What cannot be read stays where it is: signing in again replaces it.
    if (!credentials) this.log.warn(`Credentials of tenant ${tenantId} cannot be read; sign in again replaces them.`);
    return credentials;
  }

  async set(tenantId: string, credentials: Credentials): Promise<void> {
    await this.storage.store(PREFIX + tenantId, JSON.stringify({ format: 1, ...credentials }));
  }

  async delete(tenantId: string): Promise<void> {
    await this.storage.delete(PREFIX + tenantId);
  }
}

function parse(stored: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, clientId, clientSecret, accessToken } = value as Record<string, unknown>;
  if (kind === 'pat' && typeof clientId === 'string' && typeof clientSecret === 'string') {
    return { kind, clientId, clientSecret };
  }
  return kind === 'token' && typeof accessToken === 'string' ? { kind, accessToken } : undefined;
}

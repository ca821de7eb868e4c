import type * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';
import { ApiError } from '../api/errors';
import { t } from '../words/text';

const FORMAT = 1;

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

  /** @throws ApiError `auth` when there are none, or what is stored cannot be read (it stays until replaced). */
  async get(tenantId: string): Promise<Credentials> {
    const stored = await this.storage.get(PREFIX + tenantId);
    if (stored === undefined) throw new ApiError('auth', t('no credentials are stored on this machine'));
    const credentials = parse(stored);
    if (credentials) return credentials;
    this.log.warn(`The stored credentials of tenant ${tenantId} cannot be read.`);
    throw new ApiError('auth', t('the stored credentials cannot be read'));
  }

  async set(tenantId: string, credentials: Credentials): Promise<void> {
    await this.storage.store(PREFIX + tenantId, JSON.stringify({ format: FORMAT, ...credentials }));
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
  const { format, kind, clientId, clientSecret, accessToken } = value as Record<string, unknown>;
  if (format !== FORMAT) return undefined;
  if (kind === 'pat' && typeof clientId === 'string' && typeof clientSecret === 'string') {
    return { kind, clientId, clientSecret };
  }
  return kind === 'token' && typeof accessToken === 'string' ? { kind, accessToken } : undefined;
}

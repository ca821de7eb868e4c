import type * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';
import { ApiError } from '../api/errors';
import { t } from '../text/l10n';
import { formatCredentials, parseCredentials, type StoredCredentials } from './credentials';
import type { Tenant } from './tenant';

const PREFIX = 'iscIdentities.credentials.';

/** Whose credentials, and where they may be sent. */
type Address = Pick<Tenant, 'id' | 'baseUrl'>;

/** The only user of `context.secrets`. Values are never logged. Where it refuses, as with a locked keyring, all throw ApiError `invalid`. */
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

  /**
   * The credentials of a tenant, for the address they were given for only: a tenant's file is not guarded, and whoever
   * changes the address in it must not be sent the secret. Those of a version that did not keep the address are bound to
   * the present one the first time they are used.
   *
   * @throws ApiError `auth` when there are none, when what is stored cannot be read (it stays until replaced), or, with
   *   `givenFor`, when the tenant's address is another one now
   */
  async get(tenant: Address): Promise<Credentials> {
    const { credentials, origin } = await this.read(tenant.id);
    if (origin === undefined) {
      await this.set(tenant, credentials);
      this.log.info(`The stored credentials of tenant ${tenant.id} are for its present address only from now on.`);
    } else if (origin !== tenant.baseUrl) {
      this.log.warn(`The address of tenant ${tenant.id} was changed: its credentials are held back.`);
      throw new ApiError(
        'auth',
        t('the credentials were entered for {0}, but the address is now {1}', origin, tenant.baseUrl),
        { givenFor: origin },
      );
    }
    return credentials;
  }

  /** The other address that the stored credentials were given for; undefined when there is none. */
  async givenFor({ id, baseUrl }: Address): Promise<string | undefined> {
    const stored = await working(() => this.storage.get(PREFIX + id));
    const origin = stored === undefined ? undefined : parseCredentials(stored)?.origin;
    return origin === baseUrl ? undefined : origin;
  }

  /** Lets the stored credentials go to the tenant's present address: a person said so. @throws ApiError `auth` as `get` */
  async confirmAddress(tenant: Address): Promise<void> {
    const { credentials } = await this.read(tenant.id);
    await this.set(tenant, credentials);
  }

  async set({ id, baseUrl }: Address, credentials: Credentials): Promise<void> {
    await working(() => this.storage.store(PREFIX + id, formatCredentials(credentials, baseUrl)));
  }

  /** @returns true when there were any */
  async delete(tenantId: string): Promise<boolean> {
    const had = (await working(() => this.storage.get(PREFIX + tenantId))) !== undefined;
    if (had) await working(() => this.storage.delete(PREFIX + tenantId));
    return had;
  }

  private async read(tenantId: string): Promise<StoredCredentials> {
    const text = await working(() => this.storage.get(PREFIX + tenantId));
    if (text === undefined) throw new ApiError('auth', t('no credentials are stored on this machine'));
    const stored = parseCredentials(text);
    if (stored) return stored;
    this.log.warn(`The stored credentials of tenant ${tenantId} cannot be read.`);
    throw new ApiError('auth', t('the stored credentials cannot be read'));
  }
}

/** Uses the secret storage. @throws ApiError `invalid` with the storage's own words when it refuses */
async function working<T>(use: () => PromiseLike<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError('invalid', t("VS Code's secret storage does not work: {0}", why), { sent: false });
  }
}

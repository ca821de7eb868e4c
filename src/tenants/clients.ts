import * as vscode from 'vscode';
import type { ApiLog, Client, ClientOptions, Credentials } from '../api/client';
import { ApiError } from '../api/errors';
import type { OAuthInfo } from '../api/reference';
import { problemOf } from '../storage/problem';
import type { Connect, RateOptions } from './connect';
import type { Secrets } from './secrets';
import type { TenantStore } from './store';
import type { Tenant } from './tenant';
import { t } from '../text/l10n';

/** What a running demo tenant must offer; `extension.ts` passes the function that starts it. */
export interface RunningDemo {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  close(): Promise<void>;
}

export interface ClientsOptions {
  readonly store: TenantStore;
  readonly secrets: Secrets;
  readonly log: ApiLog;
  readonly startDemo: () => Promise<RunningDemo>;
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  readonly rate?: RateOptions;
}

interface Entry {
  readonly tenant: Tenant;
  client: Promise<Client>;
}

/** Tenant id -> client. A client lives until its tenant's record or credentials change. */
export class Clients implements vscode.Disposable {
  private readonly clients = new Map<string, Entry>();
  private readonly signedOut = new Map<string, string>();
  private readonly signInChanged = new vscode.EventEmitter<string>();
  /** The id of a tenant that was found signed out, or that has new credentials. */
  readonly onDidChangeSignIn = this.signInChanged.event;

  private connectOf: Connect | undefined;
  private demo: Promise<RunningDemo> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly options: ClientsOptions) {
    this.subscriptions = vscode.Disposable.from(
      options.secrets.onDidChange((tenantId) => this.forget(tenantId)),
      options.store.onDidChange(() => this.dropOutdated()),
    );
  }

  /**
   * The client of a tenant, made once and shared.
   *
   * @throws ApiError `auth` when the tenant has no usable credentials or its file cannot be read, `notFound` when it was
   *   removed.
   */
  for(tenantId: string): Promise<Client> {
    const tenant = this.options.store.get(tenantId);
    if (!tenant) return Promise.reject(this.whyAbsent(tenantId));
    const known = this.clients.get(tenantId);
    if (known?.tenant === tenant) return known.client;
    // A client that was replaced meanwhile says nothing about the credentials of today.
    const refused = (error: ApiError): void => {
      if (this.clients.get(tenantId) === entry) this.signOut(tenantId, error);
    };
    const entry: Entry = { tenant, client: this.create(tenant, refused) };
    this.clients.set(tenantId, entry);
    // A failure is not remembered: the next caller tries again.
    entry.client.catch((error: unknown) => {
      if (ApiError.is(error, 'auth')) refused(error);
      if (this.clients.get(tenantId) === entry) this.clients.delete(tenantId);
    });
    return entry.client;
  }

  /** A client for credentials that are not stored yet, to try them. */
  probe(tenant: Omit<Tenant, 'id'>, credentials: Credentials): Promise<Client> {
    return this.connect({ ...tenant, readOnly: true }, tenant.baseUrl, credentials);
  }

  /** The info page of a host; no credentials are sent. @throws ApiError */
  async fetchInfo(baseUrl: string, signal: AbortSignal): Promise<OAuthInfo> {
    const nobody = { name: baseUrl, version: 'v2024', readOnly: true } as const;
    const client = await this.connect(nobody, baseUrl, { kind: 'token', accessToken: '' });
    return client.oauth.info({ signal });
  }

  /** Why a tenant is signed out; undefined while its credentials are believed to work. */
  signedOutReason(tenantId: string): string | undefined {
    return this.signedOut.get(tenantId);
  }

  /** Drops what is known of a tenant's sign-in: the next call starts anew, and whoever shows the tenant reads again. */
  forget(tenantId: string): void {
    this.clients.delete(tenantId);
    this.signedOut.delete(tenantId);
    this.signInChanged.fire(tenantId);
  }

  /** Makes clients anew, for a changed setting. */
  clear(): void {
    this.clients.clear();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.signInChanged.dispose();
    this.clients.clear();
    this.stopDemo();
  }

  private signOut(tenantId: string, error: ApiError): void {
    if (this.signedOut.has(tenantId)) return;
    this.signedOut.set(tenantId, error.message);
    this.signInChanged.fire(tenantId);
  }

  private dropOutdated(): void {
    const { store } = this.options;
    for (const [id, { tenant }] of this.clients) {
      if (store.get(id) !== tenant) this.clients.delete(id);
    }
    for (const id of this.signedOut.keys()) if (!store.get(id)) this.signedOut.delete(id);
    if (!store.all().some(({ kind }) => kind === 'demo')) this.stopDemo();
  }

  private whyAbsent(tenantId: string): ApiError {
    // One that is only unreadable is not gone: whoever waits for it goes on waiting, as for a sign-in.
    const unreadable = this.options.store.unreadable.find(({ id }) => id === tenantId);
    return unreadable
      ? new ApiError('auth', t('the stored tenant cannot be read at the moment: {0}', unreadable.problem))
      : new ApiError('notFound', t('This tenant is no longer connected.'));
  }

  private stopDemo(): void {
    // A demo tenant that failed to start has nothing to close, and whoever asked for it was told.
    void this.demo?.then((demo) => demo.close()).catch(() => undefined);
    this.demo = undefined;
  }

  private async create(tenant: Tenant, onRefused: (error: ApiError) => void): Promise<Client> {
    // Asked before each write: locking also stops what was started while the tenant was unlocked.
    const readOnly = (): boolean => this.options.store.get(tenant.id)?.readOnly ?? true;
    // Who reads page after page holds a client: with its tenant ends what it sends.
    const ended = (): ApiError | undefined =>
      this.options.store.get(tenant.id) ? undefined : this.whyAbsent(tenant.id);
    const asked = { ...tenant, readOnly, ended, onRefused };
    if (tenant.kind === 'demo') {
      const { baseUrl, clientId, clientSecret } = await this.runningDemo();
      return this.connect(asked, baseUrl, { kind: 'pat', clientId, clientSecret });
    }
    const credentials = await this.options.secrets.get(tenant);
    return this.connect(asked, tenant.baseUrl, credentials);
  }

  private async connect(
    asked: Pick<ClientOptions, 'name' | 'version' | 'readOnly' | 'ended' | 'onRefused'>,
    baseUrl: string,
    credentials: Credentials,
  ): Promise<Client> {
    const { log, userAgent, timeoutMs } = this.options;
    const { name, version, readOnly, ended, onRefused } = asked;
    const connect = await this.loadConnect();
    return connect({
      baseUrl,
      version,
      credentials,
      log,
      userAgent,
      timeoutMs: timeoutMs(),
      ...(name === undefined ? {} : { name }),
      ...(readOnly === undefined ? {} : { readOnly }),
      ended,
      ...(onRefused === undefined ? {} : { onRefused }),
    });
  }

  /** What sends requests is loaded for the first one; where that fails, the next one tries again. */
  private async loadConnect(): Promise<Connect> {
    const { createConnect } = await import('./connect');
    return (this.connectOf ??= createConnect(this.options.rate));
  }

  private runningDemo(): Promise<RunningDemo> {
    const starting = this.demo ?? this.options.startDemo().catch(notStarted);
    this.demo = starting;
    starting.catch(() => {
      if (this.demo === starting) this.demo = undefined;
    });
    return starting;
  }
}

/** The system's own error has no place among those of the service. @throws ApiError `invalid` */
function notStarted(error: unknown): never {
  throw new ApiError('invalid', t('The demo tenant could not be started: {0}', problemOf(error)), { sent: false });
}

import * as vscode from 'vscode';
import { createClient, type ApiLog, type Client, type Credentials } from '../api/client';
import { ApiError } from '../api/errors';
import type { OAuthInfo } from '../api/reference';
import type { Secrets } from './secrets';
import type { TenantStore } from './store';
import type { Tenant } from './tenant';

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
}

/** Tenant id -> client. A client lives until its tenant's record or credentials change. */
export class Clients implements vscode.Disposable {
  private readonly clients = new Map<string, { readonly tenant: Tenant; readonly client: Promise<Client> }>();
  private readonly signedOut = new Map<string, string>();
  private readonly signedOutChanged = new vscode.EventEmitter<void>();
  /** A tenant was found signed out, or has new credentials. */
  readonly onDidChangeSignIn = this.signedOutChanged.event;

  private demo: Promise<RunningDemo> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly options: ClientsOptions) {
    this.subscriptions = vscode.Disposable.from(
      options.secrets.onDidChange((tenantId) => this.forget(tenantId)),
      options.store.onDidChange(() => {
        for (const [id, { tenant }] of this.clients) {
          if (options.store.get(id) !== tenant) this.clients.delete(id);
        }
      }),
    );
  }

  /**
   * The client of a tenant, made once and shared.
   *
   * @throws ApiError `auth` when the tenant has no usable credentials, `notFound` when it was removed.
   */
  async for(tenantId: string): Promise<Client> {
    const tenant = this.options.store.get(tenantId);
    if (!tenant) throw new ApiError('notFound', vscode.l10n.t('This tenant is no longer connected.'));
    const known = this.clients.get(tenantId);
    if (known?.tenant === tenant) return known.client;
    const client = this.create(tenant);
    const entry = { tenant, client };
    this.clients.set(tenantId, entry);
    // A failure is not remembered: the next caller tries again.
    client.catch(() => {
      if (this.clients.get(tenantId) === entry) this.clients.delete(tenantId);
    });
    return client;
  }

  /** A client for credentials that are not stored yet, to try them. */
  probe(tenant: Omit<Tenant, 'id'>, credentials: Credentials): Client {
    return this.connect({ ...tenant, readOnly: true }, tenant.baseUrl, credentials);
  }

  /** The info page of a host; no credentials are sent. @throws ApiError */
  info(baseUrl: string, signal: AbortSignal): Promise<OAuthInfo> {
    const { log, userAgent, timeoutMs } = this.options;
    const credentials: Credentials = { kind: 'token', accessToken: '' };
    const client = createClient({
      baseUrl,
      version: 'v2024',
      credentials,
      readOnly: true,
      log,
      userAgent,
      timeoutMs: timeoutMs(),
    });
    return client.oauth.info({ signal });
  }

  /** Why a tenant is signed out; undefined while its credentials are believed to work. */
  signedOutReason(tenantId: string): string | undefined {
    return this.signedOut.get(tenantId);
  }

  /** Says that the service refused this tenant's credentials; anything else is not remembered. */
  noteFailure(tenantId: string, error: unknown): void {
    if (!ApiError.is(error, 'auth') || this.signedOut.has(tenantId)) return;
    this.signedOut.set(tenantId, error.message);
    this.signedOutChanged.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.signedOutChanged.dispose();
    this.clients.clear();
    // A demo tenant that failed to start has nothing to close, and whoever asked for it was told.
    void this.demo?.then((demo) => demo.close()).catch(() => undefined);
  }

  /** Drops what is known of a tenant's sign-in: the next call starts anew. */
  forget(tenantId: string): void {
    this.clients.delete(tenantId);
    if (this.signedOut.delete(tenantId)) this.signedOutChanged.fire();
  }

  private async create(tenant: Tenant): Promise<Client> {
    if (tenant.kind === 'demo') {
      const { baseUrl, clientId, clientSecret } = await this.runningDemo();
      return this.connect(tenant, baseUrl, { kind: 'pat', clientId, clientSecret });
    }
    const credentials = await this.options.secrets.get(tenant.id);
    if (!credentials) throw new ApiError('auth', vscode.l10n.t('No credentials are stored on this machine'));
    return this.connect(tenant, tenant.baseUrl, credentials);
  }

  private connect(tenant: Omit<Tenant, 'id'>, baseUrl: string, credentials: Credentials): Client {
    const { log, userAgent, timeoutMs } = this.options;
    const { version, readOnly, name } = tenant;
    return createClient({ baseUrl, version, credentials, readOnly, name, log, userAgent, timeoutMs: timeoutMs() });
  }

  private runningDemo(): Promise<RunningDemo> {
    this.demo ??= this.options.startDemo().catch((error: unknown) => {
      this.demo = undefined;
      throw error;
    });
    return this.demo;
  }
}

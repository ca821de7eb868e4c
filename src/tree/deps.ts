import type * as vscode from 'vscode';
import type { Client } from '../api/client';
import type { IdentityList } from '../lists/list';
import type { IdentityChange } from '../tenants/identityChange';
import type { ProtectedIdentities } from '../tenants/protectedIdentities';
import type { Tenant } from '../tenants/tenant';

/** What the Tenants view shows, and where it hears of changes. */
export interface TreeDeps {
  readonly tenants: { all(): readonly Tenant[]; readonly onDidChange: vscode.Event<void> };
  readonly clients: {
    for(tenantId: string): Promise<Client>;
    signedOutReason(tenantId: string): string | undefined;
    /** Its retry: what was known of the sign-in is dropped. */
    forget(tenantId: string): void;
    readonly onDidChangeSignIn: vscode.Event<string>;
  };
  readonly lists: { forTenant(tenant: Tenant): readonly IdentityList[]; readonly onDidChange: vscode.Event<void> };
  readonly changes: vscode.Event<IdentityChange>;
  readonly protectedIdentities: ProtectedIdentities;
  readonly pageSize: () => number;
}

import type * as vscode from 'vscode';
import type { ApiLog } from '../../api/attempt';
import type { Client } from '../../api/client';
import type { IdentityTarget, RoleAssignmentTarget, PeopleWithTarget } from '../../ids';
import type { ProtectedIdentities } from '../../tenants/protectedIdentities';
import type { Tenant } from '../../tenants/tenant';
import type { AssignmentReader } from './assignmentReader';

/** Opens other panels from a link. */
export interface Openers {
  readonly identity: (target: IdentityTarget) => void;
  readonly roleAssignment: (target: RoleAssignmentTarget) => void;
  readonly peopleWith: (target: PeopleWithTarget) => void;
}

export interface IdentityPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly tenants: { get(id: string): Tenant | undefined };
  readonly clients: { for(tenantId: string): Promise<Client> };
  readonly assignments: AssignmentReader;
  /** What a panel finds out is said in the tree, too. */
  readonly protectedIdentities: ProtectedIdentities;
  readonly attributeChanges: {
    compareAndRemember(
      tenantId: string,
      identityId: string,
      attributes: Readonly<Record<string, unknown>> | null | undefined,
    ): ReadonlySet<string>;
    forget(tenantId: string): void;
  };
  readonly log: ApiLog;
  readonly open: Openers;
}

import type { TreeView } from '../../ui/window';
import type * as vscode from 'vscode';
import type { BatchStore } from '../../actions/bulk/batchStore';
import type { IdentityDocuments } from '../../documents/documents';
import type { IdentityTarget } from '../../ids';
import type { Panels } from '../../panels/register';
import type { TaskRow } from '../../tasksView/rows';
import type { ServiceTasks } from '../../tasksView/serviceTasks';
import type { Tracker } from '../../tasks/tracker';
import type { IdentityChange } from '../../tenants/identityChange';
import type { Clients } from '../../tenants/clients';
import type { Secrets } from '../../tenants/secrets';
import type { TenantStore } from '../../tenants/store';
import type { Node } from '../../tree/nodes';
import type { TenantTree } from '../../tree/provider';
import type { ListStore } from '../../lists/store';
import type { Log } from '../../log';
import type { Pages } from '../../documents/reports';
import type { Recent } from '../../find/recent';

/** What commands work with; made once in `extension.ts`. */
export interface CommandDeps {
  readonly store: TenantStore;
  readonly secrets: Secrets;
  readonly clients: Clients;
  readonly views: ListStore;
  readonly recent: Recent;
  readonly tree: TenantTree;
  readonly view: TreeView<Node>;
  readonly tasks: Tracker;
  readonly tasksView: TreeView<TaskRow>;
  readonly serviceTasks: ServiceTasks;
  readonly batches: BatchStore;
  readonly panels: Pick<Panels, 'openIdentity' | 'openRoleAssignment' | 'openComparison' | 'openBatch'>;
  /** Who is selected to be compared with somebody else; in this window only. */
  readonly compare: { selected: IdentityTarget | undefined };
  readonly documents: Pick<IdentityDocuments, 'open' | 'compare'>;
  readonly changes: vscode.EventEmitter<IdentityChange>;
  readonly pages: Pages;
  readonly log: Log;
}

/**
 * Arguments are not trusted: a handler narrows them, and asks when there is nothing usable. `selected` are the rows
 * selected together with the one that was clicked; a handler about one person leaves it out.
 */
export type Handler = (deps: CommandDeps, argument: unknown, selected?: unknown) => Promise<void> | void;

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
import type { TreeView } from '../../ui/window';
import type { ListStore } from '../../lists/store';
import type { Log } from '../../log';
import type { Pages } from '../../documents/reports';
import type { Recent } from '../../find/recent';
import type { Ui } from './ui';
import type { Workbench } from './workbench';

/** What commands work with; made once in `extension.ts`. A handler takes of it only what it uses: `Pick<CommandDeps, …>`. */
export interface CommandDeps {
  /** What is shown and asked. */
  readonly ui: Ui;
  /** Clipboard, files, browser, editors, other commands. */
  readonly workbench: Workbench;
  readonly store: Pick<
    TenantStore,
    'all' | 'get' | 'add' | 'update' | 'move' | 'lock' | 'unlock' | 'remove' | 'unreadable' | 'removeUnreadable'
  >;
  readonly secrets: Pick<Secrets, 'givenFor' | 'confirmAddress' | 'set' | 'delete'>;
  readonly clients: Pick<Clients, 'for' | 'probe' | 'fetchInfo' | 'forget' | 'signedOutReason'>;
  readonly lists: Pick<ListStore, 'all' | 'entry' | 'forTenant' | 'add' | 'replace' | 'remove' | 'move' | 'sort'>;
  readonly recent: Pick<Recent, 'people' | 'queries' | 'remember'>;
  readonly tree: Pick<
    TenantTree,
    | 'whileBusy'
    | 'refresh'
    | 'loadMore'
    | 'loadAll'
    | 'showCount'
    | 'retry'
    | 'rowFor'
    | 'allIdentities'
    | 'openList'
    | 'removeList'
  >;
  readonly view: Pick<TreeView<Node>, 'selection' | 'visible' | 'reveal'>;
  readonly tasks: Pick<Tracker, 'all' | 'running' | 'follow' | 'stopFollowing' | 'hideFinished'>;
  readonly tasksView: Pick<TreeView<TaskRow>, 'selection'>;
  readonly serviceTasks: Pick<ServiceTasks, 'more' | 'toggle' | 'refresh'>;
  readonly batches: Pick<
    BatchStore,
    | 'all'
    | 'get'
    | 'plan'
    | 'cancelPlan'
    | 'run'
    | 'cancel'
    | 'pause'
    | 'resume'
    | 'remove'
    | 'taskEnded'
    | 'hideFinished'
    | 'showHidden'
    | 'showsHidden'
  >;
  readonly panels: Pick<Panels, 'openIdentity' | 'openRoleAssignment' | 'openComparison' | 'openBatch'>;
  /** Who is selected to be compared with somebody else; in this window only. */
  readonly compare: { selected: IdentityTarget | undefined };
  readonly documents: Pick<IdentityDocuments, 'open' | 'compare'>;
  readonly changes: { fire(change: IdentityChange): void };
  readonly pages: Pick<Pages, 'show'>;
  readonly log: Omit<Log, 'dispose'>;
}

/**
 * Arguments are not trusted: a handler narrows them, and asks when there is nothing usable. `selected` are the rows
 * selected together with the one that was clicked; a handler about one person leaves it out.
 */
export type Handler = (deps: CommandDeps, argument: unknown, selected?: unknown) => Promise<void> | void;

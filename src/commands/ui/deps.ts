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
import type { CsvStyle } from '../../lists/export/formats';
import type { ListStore } from '../../lists/store';
import type { Log } from '../../log';
import type { Pages } from '../../documents/reports';
import type { Recent } from '../../find/recent';
import type { Ui } from './ui';
import type { Focus } from '../identities/focus';
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
    | 'listRow'
    | 'openList'
    | 'removeList'
  >;
  readonly view: Pick<TreeView<Node>, 'selection' | 'visible' | 'reveal' | 'onDidCollapseElement'>;
  /** What a command means that names nothing. */
  readonly focus: Pick<Focus, 'identities' | 'tenant' | 'list'>;
  readonly tasks: Pick<Tracker, 'all' | 'running' | 'follow' | 'stopFollowing' | 'hide' | 'hideFinished'>;
  readonly tasksView: Pick<TreeView<TaskRow>, 'selection'>;
  readonly serviceTasks: Pick<ServiceTasks, 'more' | 'toggle' | 'refresh'>;
  readonly batches: Pick<
    BatchStore,
    | 'all'
    | 'get'
    | 'load'
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
    | 'onDidChange'
  >;
  readonly panels: Pick<
    Panels,
    'choose' | 'openIdentity' | 'openRoleAssignment' | 'openComparison' | 'openBatch' | 'openTable' | 'table'
  >;
  /** Who is selected to be compared with somebody else; in this window only. */
  readonly compare: { selected: IdentityTarget | undefined };
  /** How files of identities are written. */
  readonly csvStyle: () => CsvStyle;
  /** Keys of the columns that were chosen last for a file, and whether each role assignment has a row; in this window only. */
  readonly exporting: { columns: readonly string[]; rowPerAssignment?: boolean };
  readonly documents: Pick<IdentityDocuments, 'open' | 'compare'>;
  readonly changes: { fire(change: IdentityChange): void };
  readonly pages: Pick<Pages, 'show'>;
  readonly log: Omit<Log, 'dispose'>;
}

/**
 * Arguments are not trusted: a handler narrows them, and asks when there is nothing usable. `selected` are the rows selected
 * together with the one that was clicked; a handler about one person leaves it out. Started from the palette or by a key, a
 * handler is given what has the focus in their place (`handlers.ts`).
 */
export type Handler = (deps: CommandDeps, argument: unknown, selected?: unknown) => Promise<void> | void;

import * as vscode from 'vscode';
import type { ApiLog } from '../../api/client';
import { COMMANDS, type IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import type { IdentityChange } from '../../tenants/identityChange';
import { t } from '../../text/l10n';
import { failureOf, tenantGone } from '../shared/failure';
import { Panel } from '../shared/panel';
import type { KeyedPanel } from '../shared/panelGroup';
import { openTable, type OpenTable } from './openTable';
import { copyCell, copyRows } from './copy';
import { presentTableRow, presentTable } from './present';
import { tableParams, type TableAction, type TableKeys, type TableRequests } from './protocol';
import type { PeopleSource } from './gathering';
import { Table, type TableDeps } from './table';
import { tableTexts } from './texts';

export interface TablePanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly tenants: { get(id: string): Tenant | undefined };
  readonly log: ApiLog;
  readonly openPerson: (target: IdentityTarget) => void;
  readonly table: Omit<TableDeps, 'changed'>;
}

/** The host half of a table. It changes nothing: what acts is a command, which asks first. */
export interface TablePanel extends KeyedPanel<TableKeys> {
  readonly tableId: string;
  readonly table: OpenTable;
  apply(change: IdentityChange): void;
  /** Another answer is possible now. */
  readAgain(): void;
  /** The tenant has another address: it may be another tenant. */
  moved(): void;
  /** The tenant is called or allowed something else. */
  changed(): void;
}

/** @param source undefined when a window reload lost whom it is about */
export function tablePanel(
  webviewPanel: vscode.WebviewPanel,
  key: TableKeys,
  source: PeopleSource | undefined,
  { extensionUri, tenants, log, openPerson, table: given }: TablePanelDeps,
): TablePanel {
  const table = new Table(source ?? { kind: 'people', people: [] }, {
    ...given,
    changed: () => panel.changed(),
  });
  const { gathering, view, facts } = table;
  const factsOf = (id: string): ReturnType<typeof facts.of> => facts.of(id);

  const content: TableHandlers['table'] = () => {
    const tenant = tenants.get(key.tenantId);
    if (!tenant) return Promise.resolve({ state: 'gone', sentence: tenantGone(key.title) });
    if (!source) {
      const sentence = t('The identities of this table are not kept when the window reloads. Open it again.');
      return Promise.resolve({ state: 'gone', sentence });
    }
    const labels = view.columns.flatMap(({ column: { needs, label } }) => (needs ? [label] : []));
    const asked = { labels, ...facts.cost, loaded: facts.loaded, error: facts.error };
    const { groups } = table;
    return Promise.resolve(presentTable({ keys: key, tenant, table, asked, asking: facts.asking, groups }));
  };

  const panel = new Panel<TableRequests>(webviewPanel, extensionUri, {
    script: 'table',
    title: key.title,
    parsers: tableParams,
    log,
    handlers: {
      ready: () => Promise.resolve({ keys: key, texts: tableTexts(), tableId: table.id }),
      table: content,
      rows: ({ offset, limit, find }) => {
        const rows = view.order.slice(offset, offset + limit).flatMap((_, n) => {
          const entry = view.entryAt(offset + n);
          return entry ? [presentTableRow(offset + n, entry, view, factsOf, () => facts.isAsked())] : [];
        });
        const found = find === undefined ? {} : { found: view.indexOf(find) };
        return Promise.resolve({ version: view.version, order: view.orderVersion, offset, rows, ...found });
      },
      sort: (params) => nothing(table.sort(params)),
      filter: ({ text }) => nothing(table.filter(text)),
      filterColumn: (params) => nothing(table.filterColumn(params)),
      group: ({ column }) => nothing(table.group(column)),
      columns: ({ columns }) =>
        nothing(table.showColumns(columns.map(({ key: column, widthPx }) => ({ column, width: Math.round(widthPx) })))),
      select: ({ order, how, from, to }) => {
        // A place of another order is another row: then none is selected, rather than the one of before.
        const isSeen = order === view.orderVersion || how === 'none' || how === 'all';
        if (isSeen) view.select(how, from, to);
        else if (how === 'only') view.select('none', 0, 0);
        return Promise.resolve(null);
      },
      copy: async ({ cell }) => {
        const { text, words } = cell
          ? copyCell(view, cell.order === view.orderVersion ? cell.row : -1, cell.column, factsOf)
          : await copyRows(view, factsOf);
        if (text !== '') await vscode.env.clipboard.writeText(text);
        return { words };
      },
      open: ({ order, row }) => {
        const identity = order === view.orderVersion ? view.entryAt(row)?.identity : undefined;
        if (identity) openPerson({ tenantId: key.tenantId, identity });
        return Promise.resolve(null);
      },
      act: ({ action }) => nothing(act(action)),
    },
    failure: (error) => failureOf(error, t('Could not show this table')),
  });

  async function act(action: TableAction): Promise<void> {
    switch (action) {
      case 'loadAll':
        void gathering.load(Infinity);
        return;
      case 'loadFacts':
        void facts.load();
        return;
      case 'stop':
        if (gathering.isLoading) gathering.stop();
        else facts.stop();
        return;
      case 'retry':
        table.readAgain();
        return;
      case 'reload':
        void table.reload();
        return;
      case 'resetFilters':
        return table.resetFilters();
      default:
        await vscode.commands.executeCommand(
          COMMAND_OF[action],
          action === 'signIn' ? { tenantId: key.tenantId } : { tableId: table.id },
        );
    }
  }

  if (source) table.begin();
  return {
    key,
    webviewPanel,
    tableId: table.id,
    table: openTable(key, table),
    apply: (change) => void table.apply(change),
    readAgain: () => table.readAgain(),
    moved: () => {
      view.select('none', 0, 0);
      void table.reload();
    },
    changed: () => panel.changed(),
    dispose: () => {
      table.dispose();
      panel.dispose();
    },
  };
}

type TableHandlers = { readonly [N in keyof TableRequests]: () => Promise<TableRequests[N]['result']> };

const COMMAND_OF: Readonly<
  Record<Exclude<TableAction, 'loadAll' | 'loadFacts' | 'stop' | 'reload' | 'retry' | 'resetFilters'>, string>
> = {
  export: COMMANDS.exportIdentities,
  copyMarkdown: COMMANDS.copyAsMarkdown,
  chooseColumns: COMMANDS.tableColumns,
  actOnSelected: COMMANDS.tableAct,
  signIn: COMMANDS.signIn,
  showLog: COMMANDS.showLog,
};

async function nothing(done: Promise<void>): Promise<null> {
  await done;
  return null;
}

import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Client } from '../../api/client';
import { queryOf, type IdentityList } from '../../lists/list';
import { ANY_LIST, type KeptColumn } from '../../lists/keptColumns';
import { tableColumns } from '../../lists/tableColumns';
import { PANELS, type IdentityTarget } from '../../ids';
import { problemOf } from '../../storage/problem';
import type { IdentityChange } from '../../tenants/identityChange';
import type { Tenant } from '../../tenants/tenant';
import type { PlainText } from '../../text/plain';
import { PanelGroup, type PanelWindow } from '../shared/panelGroup';
import { panelTitle } from '../shared/title';
import type { PeopleSource } from './gathering';
import type { OpenTable } from './openTable';
import { tablePanel, type TablePanel, type TablePanelDeps } from './panel';
import { parseTableKeys, type TableKeys, type TableSource } from './protocol';

/** Whom a table is to be about. */
export interface TableTarget {
  readonly tenantId: string;
  readonly title: PlainText;
  /** What is asked again after a window reload; absent for people who were pasted, selected or in a bulk action. */
  readonly source?: Exclude<TableSource, { kind: 'people' }>;
  readonly people: PeopleSource;
}

export interface Tables {
  open(target: TableTarget): void;
  /** The open table of an id. */
  get(tableId: string): OpenTable | undefined;
  applyChange(change: IdentityChange): void;
  readAgain(tenantId: string): void;
  /** A tenant is different; `isMoved`: it has another address. */
  tenantChanged(tenantId: string, isMoved: boolean): void;
  closeOf(tenantId: string): void;
  dispose(): void;
}

export interface TablesDeps extends Omit<TablePanelDeps, 'openPerson' | 'table' | 'tenants'> {
  readonly tenants: { get(id: string): Tenant | undefined };
  readonly clients: { for(tenantId: string): Promise<Client> };
  readonly lists: { forTenant(tenant: Tenant): readonly IdentityList[] };
  readonly pageSize: () => number;
  readonly openPerson: (target: IdentityTarget) => void;
}

/** The tables of identities, one for each list. */
export function registerTables(
  deps: TablesDeps,
  panelWindow: PanelWindow,
  unknown: (panel: vscode.WebviewPanel) => void,
): Tables {
  /** People of this window, by the key of their table. */
  const given = new Map<string, PeopleSource>();

  const peopleOf = ({ tenantId, source }: TableKeys): PeopleSource | undefined => {
    if (source.kind === 'people') return undefined;
    if (source.kind === 'query') return { kind: 'query', query: source.query };
    const list = listOf(tenantId, source.listId);
    return list && !list.problem ? { kind: 'query', query: queryOf(list) } : undefined;
  };
  const listOf = (tenantId: string, listId: string): IdentityList | undefined => {
    const tenant = deps.tenants.get(tenantId);
    return tenant && deps.lists.forTenant(tenant).find(({ id }) => id === listId);
  };
  const keepColumns = ({ tenantId, source }: TableKeys, columns: readonly KeptColumn[]): Promise<void> => {
    const listId = source.kind === 'list' ? source.listId : undefined;
    const scope = listId?.startsWith('own/workspace/') ? 'workspace' : 'user';
    return tableColumns.keep(nameOf(tenantId, listId), columns, scope).catch((error: unknown) => {
      deps.log.warn(`The columns of a table were not kept: ${problemOf(error)}`);
      throw error;
    });
  };
  const nameOf = (tenantId: string, listId: string | undefined): string => {
    if (listId === undefined) return ANY_LIST;
    return listOf(tenantId, listId)?.name ?? listId;
  };

  const tables = new PanelGroup<TableKeys, TablePanel>(
    {
      viewType: PANELS.table,
      id: idOf,
      title: ({ title }) => panelTitle(title),
      parse: parseTableKeys,
      unknown,
      fill: (panel, key) => {
        const id = idOf(key);
        const known = given.get(id);
        given.delete(id);
        const listId = key.source.kind === 'list' ? key.source.listId : undefined;
        return tablePanel(panel, key, known ?? peopleOf(key), {
          ...deps,
          table: {
            client: () => deps.clients.for(key.tenantId),
            pageSize: deps.pageSize,
            columns: tableColumns.read(nameOf(key.tenantId, listId)),
            keepColumns: (columns) => keepColumns(key, columns),
          },
        });
      },
    },
    panelWindow,
  );

  return {
    open({ tenantId, title, source = { kind: 'people', peopleId: randomUUID() }, people }) {
      const key: TableKeys = { tenantId, source, title };
      const isOpen = tables.panels.some(({ key: other }) => idOf(other) === idOf(key));
      if (!isOpen) given.set(idOf(key), people);
      tables.show(key);
    },
    get: (tableId) => tables.panels.find((panel) => panel.tableId === tableId)?.table,
    applyChange: (change) => {
      for (const panel of tables.panels) if (panel.key.tenantId === change.tenantId) panel.apply(change);
    },
    readAgain: (tenantId) => {
      for (const panel of tables.panels) if (panel.key.tenantId === tenantId) panel.readAgain();
    },
    tenantChanged: (tenantId, isMoved) => {
      for (const panel of tables.panels) {
        if (panel.key.tenantId !== tenantId) continue;
        if (isMoved) panel.moved();
        else panel.changed();
      }
    },
    closeOf: (tenantId) => {
      for (const panel of tables.panels) if (panel.key.tenantId === tenantId) panel.webviewPanel.dispose();
    },
    dispose: () => {
      tables.dispose();
    },
  };
}

function idOf({ tenantId, source }: TableKeys): string {
  return JSON.stringify([tenantId, source]);
}

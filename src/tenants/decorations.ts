import * as vscode from 'vscode';
import { COLORS, SCHEMES } from '../ids';
import type { Environment, Tenant } from './tenant';
import { accessLabel, environmentText } from './text';
import { formatList } from '../text/dates';
import { t } from '../text/l10n';

/** The address under which a tenant's row is decorated. */
export function tenantUri(tenantId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEMES.tenant, path: `/${tenantId}` });
}

/** The address of rows that are in their list no longer: they are dimmed. */
export const leftUri = vscode.Uri.from({ scheme: SCHEMES.tenant, path: '/left' });

const BADGES: Readonly<Record<Environment, string | undefined>> = {
  production: 'PR',
  sandbox: 'SB',
  development: 'DE',
  other: undefined,
};

/** Marks rows of tenants with their environment; production in a colour of its own, louder while it is unlocked. */
export function registerTenantDecorations(tenants: {
  get(id: string): Tenant | undefined;
  all(): readonly Tenant[];
  readonly onDidChange: vscode.Event<void>;
}): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  return vscode.Disposable.from(
    changed,
    tenants.onDidChange(() => changed.fire(tenants.all().map(({ id }) => tenantUri(id)))),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration(uri) {
        if (uri.scheme === SCHEMES.tenant && uri.path === leftUri.path) {
          return new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('descriptionForeground'));
        }
        const tenant = uri.scheme === SCHEMES.tenant ? tenants.get(uri.path.slice(1)) : undefined;
        return tenant && tenant.kind === 'isc' ? decoration(tenant) : undefined;
      },
    }),
  );
}

function decoration(tenant: Tenant): vscode.FileDecoration {
  const words = [environmentText(tenant), accessLabel(tenant)].filter((word) => word !== undefined);
  const production = tenant.environment === 'production';
  return new vscode.FileDecoration(
    BADGES[tenant.environment],
    t('Tenant: {0}', formatList(words)),
    production ? new vscode.ThemeColor(tenant.readOnly ? COLORS.production : COLORS.productionUnlocked) : undefined,
  );
}

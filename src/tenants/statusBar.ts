import * as vscode from 'vscode';
import { COMMANDS, type IdentityTarget } from '../ids';
import type { Tenant } from './tenant';
import { accessIcon, tenantTexts } from './text';
import { formatList } from '../text/dates';
import { t } from '../text/l10n';
import { createStatusBarItem } from '../ui/window';
import { joined, plain, withIcon } from '../text/plain';

/** Shows the tenant of the active panel in the status bar, with a warning colour while production is unlocked. */
export function registerStatusBar(
  tenants: { get(id: string): Tenant | undefined; readonly onDidChange: vscode.Event<void> },
  onDidChangeActive: vscode.Event<IdentityTarget | undefined>,
): vscode.Disposable {
  const item = createStatusBarItem('tenant', vscode.StatusBarAlignment.Left, 50);
  item.name = t('ISC tenant');
  let active: string | undefined;
  const show = (): void => {
    const tenant = active === undefined ? undefined : tenants.get(active);
    if (!tenant) return item.hide();
    const words = tenantTexts(tenant);
    item.text = withIcon(accessIcon(tenant) ?? 'organization', joined([plain(tenant.name), ...words], ' · '));
    item.tooltip = t('Tenant of this panel: {0}. Click for actions.', formatList([tenant.name, ...words]));
    item.backgroundColor =
      tenant.environment === 'production' && !tenant.readOnly
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
    item.command = {
      command: COMMANDS.tenantMenu,
      title: t('Tenant actions'),
      arguments: [{ tenantId: tenant.id }],
    };
    item.show();
  };
  return vscode.Disposable.from(
    item,
    tenants.onDidChange(show),
    onDidChangeActive((target) => {
      active = target?.tenantId;
      show();
    }),
  );
}

import * as vscode from 'vscode';
import { COMMANDS, type IdentityTarget } from '../ids';
import type { Tenant } from './tenant';
import { accessIcon, tenantTexts } from './text';
import { formatList } from '../text/dates';
import { t } from '../text/l10n';
import { createStatusBarItem } from '../ui/window';
import { joined, plain, withIcon } from '../text/plain';

/**
 * Shows the tenant of the active panel in the status bar, with a warning color while it is production and unlocked; where no panel is
 * about one, production that is unlocked.
 */
export function registerStatusBar(
  tenants: { get(id: string): Tenant | undefined; all(): readonly Tenant[]; readonly onDidChange: vscode.Event<void> },
  onDidChangeActive: vscode.Event<IdentityTarget | undefined>,
): vscode.Disposable {
  const item = createStatusBarItem('tenant', vscode.StatusBarAlignment.Left, 50);
  item.name = t('ISC tenant');
  let active: string | undefined;
  const show = (): void => {
    const ofPanel = active === undefined ? undefined : tenants.get(active);
    const tenant = ofPanel ?? tenants.all().find(isUnlockedProduction);
    if (!tenant) return item.hide();
    const words = tenantTexts(tenant);
    item.text = withIcon(accessIcon(tenant) ?? 'organization', joined([plain(tenant.name), ...words], ' · '));
    const facts = formatList([tenant.name, ...words]);
    item.tooltip = ofPanel
      ? t('Tenant of this panel: {0}. Click for actions.', facts)
      : t('Takes changes: {0}. Click for actions.', facts);
    item.backgroundColor = isUnlockedProduction(tenant)
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

function isUnlockedProduction({ environment, readOnly }: Tenant): boolean {
  return environment === 'production' && !readOnly;
}

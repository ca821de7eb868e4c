import { WALKTHROUGH } from '../../ids';
import { tenantTexts } from '../../tenants/text';
import type { CommandDeps } from '../ui/deps';
import { t } from '../../text/l10n';

/** Shows the channel; where it keeps nothing, the lines in memory as a read-only page. */
export async function showLog({ log, pages }: Pick<CommandDeps, 'log' | 'pages'>): Promise<void> {
  if (log.isKept()) return log.show();
  await pages.show(`/${t('ISC Identities log')}.log`, log.lines().join('\n'));
}

/** Opens the walkthrough. */
export async function takeTour({ workbench }: Pick<CommandDeps, 'workbench'>): Promise<void> {
  await workbench.runCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}

/** Copies what a maintainer needs to understand a problem: versions, settings, tenants without secrets, the log. */
export async function copySupportBundle({
  ui,
  workbench,
  store,
  log,
}: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'log'>): Promise<void> {
  const bundle = [
    ...workbench.describe(),
    ...store
      .all()
      .map(
        (tenant) =>
          `Tenant ${tenant.name}: ${tenant.baseUrl || 'demo'}, ${tenant.version}, ${tenantTexts(tenant).join(', ')}`,
      ),
    '',
    ...log.lines(),
  ];
  await workbench.writeClipboard(redacted(bundle.join('\n')));
  ui.sayInStatusBar(t('$(check) Support bundle copied. Review it before you send it.'), 15_000);
}

/** The log holds no secrets; addresses of people, and whatever looks like a token all the same, are taken out too. */
function redacted(text: string): string {
  return text
    .replace(/eyJ[\w-]+\.[\w-]+\.?[\w-]*/g, '<token>')
    .replace(/\b(Bearer|Basic)\s+\S+/gi, '$1 <token>')
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<e-mail>');
}

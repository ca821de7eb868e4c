import * as vscode from 'vscode';
import { EXTENSION_ID, SETTINGS } from '../../ids';
import { tenantTexts } from '../../tenants/text';
import type { CommandDeps } from '../ui/deps';
import { t } from '../../text/l10n';
import { sayInStatusBar } from '../../ui/window';

/** Copies what a maintainer needs to understand a problem: versions, settings, tenants without secrets, the log. */
export async function copySupportBundle({ store, log }: CommandDeps): Promise<void> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { version?: string };
  const settings = vscode.workspace.getConfiguration(SETTINGS.section);
  const bundle = [
    `ISC Identities ${version ?? ''}, VS Code ${vscode.version}, ${vscode.env.appName}, Node ${process.version}, ${process.platform}`,
    `UI ${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}, remote ${vscode.env.remoteName ?? 'none'}`,
    ...[SETTINGS.pageSize, SETTINGS.requestTimeout, SETTINGS.demoIdentities].map(
      (name) => `${SETTINGS.section}.${name}: ${JSON.stringify(settings.get(name))}`,
    ),
    ...store
      .all()
      .map(
        (tenant) =>
          `Tenant ${tenant.name}: ${tenant.baseUrl || 'demo'}, ${tenant.version}, ${tenantTexts(tenant).join(', ')}`,
      ),
    '',
    ...log.lines(),
  ];
  await vscode.env.clipboard.writeText(redacted(bundle.join('\n')));
  sayInStatusBar(t('$(check) Support bundle copied. Read it before you send it.'), 15_000);
}

/** The log holds no secrets; addresses of people, and whatever looks like a token all the same, are taken out too. */
function redacted(text: string): string {
  return text
    .replace(/eyJ[\w-]+\.[\w-]+\.?[\w-]*/g, '<token>')
    .replace(/\b(Bearer|Basic)\s+\S+/gi, '$1 <token>')
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<e-mail>');
}

import * as vscode from 'vscode';
import type { ApiLog } from '../../api/client';
import { COMMANDS } from '../../ids';
import { parseLink } from '../../tenants/addTenantLink';
import { confirm } from '../ui/prompts';
import { report } from '../ui/report';
import { t } from '../../text/l10n';
import { showWarning } from '../../ui/window';

/** Handles links that add a tenant, after a question that says where the credentials would go. */
export function registerDeepLink(log: ApiLog): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri(uri) {
      try {
        await follow(uri);
      } catch (error) {
        report(error, log);
      }
    },
  });
}

async function follow({ path, query }: vscode.Uri): Promise<void> {
  const link = parseLink(path, query);
  if (!link) {
    // Its values are not repeated: they may be secrets.
    void showWarning(
      t(
        'A link to ISC Identities was refused: it may name the host and the name of a tenant to add, and nothing else.',
      ),
    );
    return;
  }
  await confirm(
    t('A link asks to add the tenant {0}', link.name),
    t(
      'Its credentials would be sent to {0}. Go on only if you trust where the link came from. You type the credentials yourself.',
      link.baseUrl,
    ),
    t('Add {0}', link.name),
  );
  await vscode.commands.executeCommand(COMMANDS.addTenant, { host: link.host, name: link.name });
}

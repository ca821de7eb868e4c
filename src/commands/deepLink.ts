import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { apiAddress } from '../tenants/tenant';
import { confirm } from './prompt';
import { Cancelled } from './report';
import type { Log } from './log';
import { report } from './report';

const t = vscode.l10n.t;

/** Handles `vscode://<extension id>/add-tenant?host=acme&name=Acme`. A secret in a link is refused, not used. */
export function registerDeepLink(log: Log): vscode.Disposable {
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
  const parameters = new URLSearchParams(query);
  const host = parameters.get('host') ?? '';
  const name = parameters.get('name') ?? '';
  const unknown = [...parameters.keys()].some((key) => key !== 'host' && key !== 'name');
  const address = apiAddress(host);
  // Its values are not repeated: they may be secrets.
  if (path !== '/add-tenant' || unknown || 'problem' in address || name.length > 100) {
    await vscode.window.showWarningMessage(
      t('A link to ISC Identities was refused: it may name a host and a name of a tenant to add, and nothing else.'),
    );
    throw new Cancelled();
  }
  await confirm(
    t('A link asks to add the tenant {0}', name || address.name),
    t(
      'Its credentials would be sent to {0}. Go on only if you trust where the link came from; you type the credentials yourself.',
      address.baseUrl,
    ),
    t('Add tenant'),
  );
  await vscode.commands.executeCommand(COMMANDS.addTenant, { host, name });
}

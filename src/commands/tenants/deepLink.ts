import { COMMANDS } from '../../ids';
import { parseLink } from '../../tenants/addTenantLink';
import { confirm } from '../ui/prompts';
import type { CommandDeps } from '../ui/deps';
import { report } from '../ui/report';
import { t } from '../../text/l10n';

/** Follows a link that adds a tenant, after a question that says where the credentials would go. */
export async function openDeepLink(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'log'>,
  address: { readonly path: string; readonly query: string },
): Promise<void> {
  try {
    await followLink(deps, address);
  } catch (error) {
    report(error, deps);
  }
}

async function followLink(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  { path, query }: { readonly path: string; readonly query: string },
): Promise<void> {
  const link = parseLink(path, query);
  if (!link) {
    // Its values are not repeated: they may be secrets.
    void ui.showWarning(
      t('A link to ISC Identities was rejected: it may contain only the host and the name of a tenant to add.'),
    );
    return;
  }
  await confirm(
    ui,
    t('A link asks to add the tenant {0}', link.name),
    t(
      'Its credentials would be sent to {0}. Continue only if you trust the source of the link. You enter the credentials yourself.',
      link.baseUrl,
    ),
    t('Add {0}', link.name),
  );
  await workbench.runCommand(COMMANDS.addTenant, { host: link.host, name: link.name });
}

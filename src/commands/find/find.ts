import { queryByAccess } from '../../find/query';
import { actionOf } from '../../actions/catalog';
import { commandId, COMMANDS } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { tenantOf } from '../../tree/nodes';
import { tenantTexts } from '../../tenants/text';
import { peopleWithIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { Cancelled } from '../ui/report';
import type { Chosen } from './items';
import { searchBox, type Having } from './searchBox';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import { saveAsList } from '../lists/lists';
import { showRow } from '../tree/showRow';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, plain } from '../../text/plain';

/** What finding somebody needs. */
type FindDeps = Pick<
  CommandDeps,
  'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'recent' | 'tree' | 'view' | 'panels'
>;

/** Finds a person in one tenant or in all that are signed in, and opens their panel or shows their row; a panel may ask for a role's. */
export async function findIdentity(deps: FindDeps, argument: unknown): Promise<void> {
  const row = asTreeNode(argument);
  const wanted = peopleWithIn(argument);
  let tenants = row ? [tenantOf(row).tenant] : wanted ? [await resolveTenant(deps, wanted)] : signedIn(deps);
  const having: Having | undefined = wanted && { asking: queryByAccess(wanted.accessId), name: wanted.name };
  let text = '';
  for (;;) {
    if (tenants.length === 0) return offerTenant(deps);
    const [only] = tenants;
    const title = having
      ? t('Identities with {0}', having.name)
      : plural(tenants.length, {
          one: () => t('Find identity in {0}', only?.name ?? ''),
          other: () => t('Find identity in {0} tenants', formatNumber(tenants.length)),
        });
    const chosen = await searchBox(deps, { tenants, title, text, having, recent: deps.recent });
    if (chosen.kind !== 'tenants') return act(deps, chosen, tenants);
    text = chosen.text;
    tenants = await chooseTenants(deps);
  }
}

async function act(
  deps: FindDeps,
  chosen: Exclude<Chosen, { kind: 'tenants' }>,
  tenants: readonly Tenant[],
): Promise<void> {
  const { panels, recent, tree, view } = deps;
  const ids = tenants.map(({ id }) => id);
  switch (chosen.kind) {
    case 'keep':
      return saveAsList(deps, chosen.query, chosen.name, ids[0]);
    case 'list': {
      const row = tree.openList(chosen.tenantId, chosen.found);
      return showRow(deps, row, { expand: true });
    }
    case 'table': {
      const { tenantId, found } = chosen;
      const { query } = found;
      const title = plain(found.name);
      return panels.openTable({ tenantId, title, source: { kind: 'query', query }, people: { kind: 'query', query } });
    }
    case 'process':
      await deps.workbench.runCommand(commandId(actionOf('process').command), chosen.target);
      return;
    case 'log':
      await deps.workbench.runCommand(COMMANDS.showLog);
      return;
    case 'person': {
      const { tenantId, id, name } = chosen.person;
      panels.openIdentity({ tenantId, identity: { id, name } });
      return recent.remember(chosen.person, chosen.text, ids);
    }
    case 'reveal': {
      const { tenant, identity } = chosen;
      const row = tree.rowFor(tenant.id, identity);
      if (row) await view.reveal(row, { select: true, focus: true });
      return recent.remember({ tenantId: tenant.id, id: identity.id, name: identity.name }, chosen.text, ids);
    }
    case 'other':
      // Not offered here.
      return;
  }
}

function signedIn({ store, clients }: Pick<CommandDeps, 'store' | 'clients'>): Tenant[] {
  return store.all().filter(({ id }) => clients.signedOutReason(id) === undefined);
}

async function chooseTenants(deps: Pick<CommandDeps, 'ui' | 'store' | 'clients'>): Promise<Tenant[]> {
  const tenants = signedIn(deps);
  return pickOne(deps.ui, t('Search where?'), [
    ...(tenants.length > 1 ? [{ label: t('All signed-in tenants'), value: tenants }] : []),
    ...tenants.map((tenant) => ({
      label: plain(tenant.name),
      description: joined(tenantTexts(tenant), ' · '),
      value: [tenant],
    })),
  ]);
}

async function offerTenant({ ui, workbench, store }: Pick<CommandDeps, 'ui' | 'workbench' | 'store'>): Promise<void> {
  const [signedOut] = store.all();
  const signIn = t('Sign in again');
  const add = t('Add tenant');
  const said = signedOut ? t('You are not signed in to any tenant.') : t('No tenant is connected yet.');
  const answer = await ui.showInformation(said, signedOut ? signIn : add);
  if (answer === add) await workbench.runCommand(COMMANDS.addTenant);
  if (answer === signIn) await workbench.runCommand(COMMANDS.signIn);
  throw new Cancelled();
}

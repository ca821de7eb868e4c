import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import { COMMANDS, type IdentityTarget } from '../ids';
import type { Tenant } from '../tenants/tenant';
import { tenantOf, type Node } from '../tree/nodes';
import { tenantWords } from '../words/tenant';
import type { CommandDeps } from './deps';
import { pickIdentity } from './pickIdentity';
import { pickOne } from './prompt';
import { Cancelled, Failure } from './report';

const t = vscode.l10n.t;

/** The tree row a menu or a row's own command handed over; undefined from the palette. */
export function rowOf(argument: unknown): Node | undefined {
  return isObject(argument) && typeof argument['kind'] === 'string' && 'parent' in argument
    ? (argument as unknown as Node)
    : undefined;
}

/** The tenant an argument names, or the one that is picked. @throws Cancelled when dismissed. */
export async function tenantFrom({ store }: CommandDeps, argument: unknown): Promise<Tenant> {
  const row = rowOf(argument);
  const id = row ? tenantOf(row).id : isObject(argument) ? argument['tenantId'] : undefined;
  if (typeof id !== 'string') return pickTenant(store.all());
  // A row or a message may outlive its tenant: another one must not be taken for it.
  const named = store.get(id);
  if (!named)
    throw new Failure(t('Nothing was done'), new ApiError('notFound', t('the tenant is no longer connected')));
  return named;
}

/** The person an argument names, or the one that is found by typing. @throws Cancelled when dismissed. */
export async function identityFrom(deps: CommandDeps, argument: unknown, question?: string): Promise<IdentityTarget> {
  const row = rowOf(argument);
  if (row?.kind === 'identity') return { tenantId: tenantOf(row).id, identity: row.identity };
  if (isTarget(argument)) return argument;
  const tenant = await tenantFrom(deps, argument);
  return { tenantId: tenant.id, identity: await pickIdentity(deps.clients, tenant, question) };
}

/** The people among rows of the tree, each once. */
export function targetsIn(rows: readonly Node[]): readonly IdentityTarget[] {
  const targets = rows.flatMap((row) =>
    row.kind === 'identity' ? [{ tenantId: tenantOf(row).id, identity: row.identity }] : [],
  );
  return [...new Map(targets.map((target) => [`${target.tenantId} ${target.identity.id}`, target])).values()];
}

async function pickTenant(tenants: readonly Tenant[]): Promise<Tenant> {
  if (tenants.length === 0) {
    const add = t('Add tenant');
    const demo = t('Try the demo tenant');
    const answer = await vscode.window.showInformationMessage(t('No tenant is connected yet.'), add, demo);
    if (answer === add) await vscode.commands.executeCommand(COMMANDS.addTenant);
    if (answer === demo) await vscode.commands.executeCommand(COMMANDS.tryDemo);
    throw new Cancelled();
  }
  return pickOne(
    t('Which tenant?'),
    tenants.map((tenant) => ({
      label: tenant.name,
      description: tenantWords(tenant).join(' · '),
      value: tenant,
    })),
  );
}

function isTarget(argument: unknown): argument is IdentityTarget {
  if (!isObject(argument) || typeof argument['tenantId'] !== 'string') return false;
  const { identity } = argument;
  return isObject(identity) && typeof identity['id'] === 'string' && typeof identity['name'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

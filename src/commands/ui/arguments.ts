/**
 * What commands are called with. Anyone can call them with anything: key bindings, links, other extensions, a message of a page.
 * Rows of our trees are known as such (`ui/rows`); all else is read here, field by field, and what is not understood counts as
 * not given, so that the command asks. Nothing here throws.
 */
import { isUuid } from '../../schema';
import type { IdentityTarget, PeopleWithTarget } from '../../ids';

/** Longer than any id, name or host. */
const LONGEST = 512;

/** Whether a command was called with anything at all. */
export function isGiven(argument: unknown): boolean {
  return argument !== undefined && argument !== null;
}

/** Marks an identity that nobody pointed at: the command had it from what has the focus, and asks also where it need not. */
export function asTaken<T extends object>(target: T): T & { readonly taken: true } {
  return { ...target, taken: true };
}

/** Whether a command was called for what was pointed at, not for what had the focus. */
export function isPointedAt(argument: unknown): boolean {
  return isGiven(argument) && fieldsOf(argument)['taken'] !== true;
}

/** The id of a tenant. */
export function tenantIdIn(argument: unknown): string | undefined {
  const { tenantId } = fieldsOf(argument);
  return isUuid(tenantId) ? tenantId : undefined;
}

/** The id of a batch: `{ batchId }`, or `{ batch: { id } }` as rows of the Tasks view have it. */
export function batchIdIn(argument: unknown): string | undefined {
  const { batch, batchId } = fieldsOf(argument);
  const id = batch === undefined ? batchId : fieldsOf(batch)['id'];
  return isUuid(id) ? id : undefined;
}

/** The id of a table, as its page writes it into its context menu. */
export function tableIdIn(argument: unknown): string | undefined {
  const { tableId } = fieldsOf(argument);
  return isUuid(tableId) ? tableId : undefined;
}

/** The row of a table whose menu was opened. */
export function rowKeyIn(argument: unknown): string | undefined {
  const { rowKey } = fieldsOf(argument);
  return isServiceId(rowKey) ? rowKey : undefined;
}

/** A person of a tenant. The name is what the caller says, not what the service says: it is never used to ask. */
export function targetIn(argument: unknown): IdentityTarget | undefined {
  const { tenantId, identity } = fieldsOf(argument);
  const { id, name } = fieldsOf(identity);
  if (!isUuid(tenantId) || !isServiceId(id) || !isShort(name)) return undefined;
  return { tenantId, identity: { id, name } };
}

/** Everybody who has a role, or another thing of that id; without a name it is called by its id. */
export function peopleWithIn(argument: unknown): PeopleWithTarget | undefined {
  const { tenantId, accessId, name } = fieldsOf(argument);
  if (!isUuid(tenantId) || !isServiceId(accessId)) return undefined;
  return { tenantId, accessId, name: isShort(name) && name.trim() !== '' ? name : accessId };
}

/** What a deep link may bring along: never more than host and name. */
export function prefilledIn(argument: unknown): { readonly host?: string; readonly name?: string } {
  const { host, name } = fieldsOf(argument);
  return { ...(isShort(host) ? { host } : {}), ...(isShort(name) && name !== '' ? { name } : {}) };
}

/** A key pressed in the tree: rows there are meant, and nothing is asked. */
export function meansSelected(argument: unknown): boolean {
  return fieldsOf(argument)['selected'] === true;
}

/** Two people that are compared. */
export function pairIn(argument: unknown): { readonly a: unknown; readonly b: unknown } {
  const { a, b } = fieldsOf(argument);
  return { a, b };
}

/** The fields of an object as they are now; none of what is no object, or throws when it is read. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  try {
    return { ...value };
  } catch {
    return {};
  }
}

/** An id of the service is an opaque text (contract 2) that is put into an address: there these two would lead elsewhere. */
function isServiceId(value: unknown): value is string {
  return isShort(value) && value !== '' && value !== '.' && value !== '..';
}

function isShort(value: unknown): value is string {
  // eslint-disable-next-line no-control-regex
  return typeof value === 'string' && value.length <= LONGEST && !/[\u0000-\u001f\u007f]/.test(value);
}

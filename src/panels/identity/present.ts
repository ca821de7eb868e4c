import type { Identity } from '../../api/identities';
import type { RoleAssignmentRef } from '../../api/roleAssignments';
import type { Tenant } from '../../tenants/tenant';
import { assignmentState } from '../../text/assignment';
import { age, day, exact } from '../../text/dates';
import { statusWord } from '../../text/state';
import { accessWord, environmentWord } from '../../tenants/text';
import { attributeRows } from './attributes';
import type { Moment, StateBadge, TenantBadge } from '../shared/protocol';
import type { IdentityView, RoleRow } from './protocol';
import { t } from '../../text/l10n';

/** An identity in the words of its panel. */
export function identityView(identity: Identity, changed: ReadonlySet<string> = new Set()): IdentityView {
  const { managerRef, lifecycleState, lastRefresh } = identity;
  return {
    name: identity.name,
    alias: identity.alias ?? '',
    email: identity.emailAddress ?? '',
    manager: managerRef ? { id: managerRef.id, name: managerRef.name ?? managerRef.id } : null,
    states: [statusWord(identity.identityStatus), ...processingWord(identity.processingState)],
    lifecycle: lifecycleState
      ? { name: lifecycleState.stateName, setByHand: lifecycleState.manuallyUpdated === true }
      : null,
    lastRefresh: lastRefresh
      ? { text: age(lastRefresh), exact: exact(lastRefresh), at: Date.parse(lastRefresh) }
      : null,
    attributes: attributeRows(identity.attributes, { day, exact }).map((row) =>
      changed.has(row.name) ? { ...row, changed: true } : row,
    ),
  };
}

export function tenantBadge(tenant: Tenant): TenantBadge {
  const access = accessWord(tenant);
  return {
    name: tenant.name,
    environment: environmentWord(tenant),
    production: tenant.environment === 'production' && tenant.kind !== 'demo',
    access: access === undefined ? null : { icon: tenant.readOnly ? 'lock' : 'unlock', word: access, tone: 'off' },
  };
}

/** Role assignments in the words of the panel, by role name. */
export function roleRows(assignments: readonly RoleAssignmentRef[]): RoleRow[] {
  return assignments
    .map((assignment) => ({
      id: assignment.id,
      roleId: assignment.role.id,
      role: assignment.role.name ?? assignment.role.id,
      added: moment(assignment.addedDate),
      starts: moment(assignment.startDate),
      ends: moment(assignment.removeDate),
      badge: roleBadge(assignment),
    }))
    .sort((a, b) => a.role.localeCompare(b.role));
}

/** What deserves attention about the dates of a role assignment. */
export function roleBadge(assignment: RoleAssignmentRef): StateBadge | null {
  return assignmentState(assignment) ?? null;
}

function processingWord(state: string | null | undefined): StateBadge[] {
  if (!state) return [];
  if (state === 'OK') return [{ icon: 'pass', word: t('processing OK'), tone: 'ok' }];
  if (state === 'ERROR') return [{ icon: 'error', word: t('processing error'), tone: 'error' }];
  return [{ icon: 'question', word: t('processing: {0}', state), tone: 'off' }];
}

/** A date as a day, with the exact time beside it. */
export function moment(iso: string | null | undefined): Moment | null {
  return iso ? { text: day(iso), exact: exact(iso), at: Date.parse(iso) } : null;
}

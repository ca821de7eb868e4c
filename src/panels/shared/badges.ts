import type { RoleAssignmentRef } from '../../api/roleAssignments';
import type { Tenant } from '../../tenants/tenant';
import { accessIcon, accessLabel, environmentText } from '../../tenants/text';
import { assignmentState } from '../../text/assignment';
import { formatDate, formatDateTime } from '../../text/dates';
import type { Moment, StateBadge, TenantBadge } from './protocol';

export function tenantBadge(tenant: Tenant): TenantBadge {
  const access = accessLabel(tenant);
  return {
    name: tenant.name,
    environment: environmentText(tenant),
    production: tenant.environment === 'production' && tenant.kind !== 'demo',
    access: access === undefined ? null : { icon: accessIcon(tenant) ?? 'unlock', word: access, tone: 'off' },
  };
}

/** What deserves attention about the dates of a role assignment. */
export function roleBadge(assignment: RoleAssignmentRef): StateBadge | null {
  return assignmentState(assignment) ?? null;
}

/** A date as a day, with the exact time beside it. */
export function toMoment(iso: string | null | undefined): Moment | null {
  return iso ? { text: formatDate(iso), exact: formatDateTime(iso), at: Date.parse(iso) } : null;
}

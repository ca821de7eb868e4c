import type { Identity } from '../../api/identities';
import type { RoleAssignmentRef } from '../../api/roleAssignments';
import { formatAge, formatDate, formatDateTime } from '../../text/dates';
import { statusLabel } from '../../text/state';
import { attributeRows } from './attributes';
import { summaryRows } from './summary';
import type { StateBadge } from '../shared/protocol';
import type { PresentedIdentity, RoleRow } from './protocol';
import { t } from '../../text/l10n';
import { toMoment, roleBadge } from '../shared/badges';

/** An identity in the words of its panel. */
export function presentIdentity(identity: Identity, changed: ReadonlySet<string> = new Set()): PresentedIdentity {
  const { managerRef, lifecycleState, lastRefresh } = identity;
  return {
    name: identity.name,
    alias: identity.alias ?? '',
    email: identity.emailAddress ?? '',
    manager: managerRef ? { id: managerRef.id, name: managerRef.name ?? managerRef.id } : null,
    processingFailed: identity.processingState === 'ERROR',
    states: [statusLabel(identity.identityStatus), ...processingWord(identity.processingState)],
    lifecycle: lifecycleState
      ? { name: lifecycleState.stateName, setByHand: lifecycleState.manuallyUpdated === true }
      : null,
    lastRefresh: lastRefresh
      ? { text: formatAge(lastRefresh), exact: formatDateTime(lastRefresh), at: Date.parse(lastRefresh) }
      : null,
    summary: summaryRows(identity),
    attributes: attributeRows(identity.attributes, { day: formatDate, exact: formatDateTime }).map((row) =>
      changed.has(row.name) ? { ...row, changed: true } : row,
    ),
  };
}

/** Role assignments in the words of the panel, by role name. */
export function roleRows(assignments: readonly RoleAssignmentRef[]): RoleRow[] {
  return assignments
    .map((assignment) => ({
      id: assignment.id,
      roleId: assignment.role.id,
      role: assignment.role.name ?? assignment.role.id,
      added: toMoment(assignment.addedDate),
      starts: toMoment(assignment.startDate),
      ends: toMoment(assignment.removeDate),
      badge: roleBadge(assignment),
    }))
    .sort((a, b) => a.role.localeCompare(b.role));
}

function processingWord(state: string | null | undefined): StateBadge[] {
  if (!state) return [];
  if (state === 'OK') return [{ icon: 'pass', word: t('processing OK'), tone: 'ok' }];
  if (state === 'ERROR') return [{ icon: 'error', word: t('processing error'), tone: 'error' }];
  return [{ icon: 'question', word: t('processing: {0}', state), tone: 'off' }];
}

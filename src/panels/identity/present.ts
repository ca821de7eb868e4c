import type { Identity } from '../../api/identities';
import type { RoleAssignmentRef } from '../../api/roleAssignments';
import { age, day, exact } from '../../text/dates';
import { statusWord } from '../../text/state';
import { attributeRows } from './attributes';
import type { StateBadge } from '../shared/protocol';
import type { IdentityView, RoleRow } from './protocol';
import { t } from '../../text/l10n';
import { moment, roleBadge } from '../shared/badges';

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

function processingWord(state: string | null | undefined): StateBadge[] {
  if (!state) return [];
  if (state === 'OK') return [{ icon: 'pass', word: t('processing OK'), tone: 'ok' }];
  if (state === 'ERROR') return [{ icon: 'error', word: t('processing error'), tone: 'error' }];
  return [{ icon: 'question', word: t('processing: {0}', state), tone: 'off' }];
}

/** Columns of a file with a row for each role assignment. */
import type { RoleAssignmentRef } from '../../api/roleAssignments';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { Cell, Column } from '../columns';
import type { Facts } from '../facts';

/** These columns with those of an assignment in place of all that tell of the assignments of an identity together. */
export function perAssignment(columns: readonly Column[]): readonly Column[] {
  const at = columns.findIndex(({ needs }) => needs === 'roleAssignments');
  if (at < 0) return columns;
  const others = (some: readonly Column[]) => some.filter(({ needs }) => needs !== 'roleAssignments');
  return [...others(columns.slice(0, at)), ...assignmentColumns(), ...others(columns.slice(at))];
}

/** Raw, as the other moments of a file are: null where nothing was told, empty where there is none. */
function assignmentColumns(): readonly Column[] {
  return [
    column('role', t('Role'), 'text', ({ role }) => role.name ?? role.id),
    column('added', t('Added'), 'moment', ({ addedDate }) => addedDate),
    column('starts', t('Starts'), 'moment', ({ startDate }) => startDate),
    column('ends', t('Ends'), 'moment', ({ removeDate }) => removeDate),
  ];
}

function column(
  key: string,
  label: PlainText,
  kind: Column['kind'],
  read: (assignment: RoleAssignmentRef) => string | null | undefined,
): Column {
  const valueOf = (_: unknown, facts?: Facts): Cell => {
    if (!facts?.roleAssignments) return null;
    const [assignment] = facts.roleAssignments;
    return (assignment && read(assignment)) ?? '';
  };
  return { key, label, kind, needs: 'roleAssignments', valueOf };
}

import { jsonText } from '../../api/json';
import type { RoleAssignment } from '../../api/roleAssignments';
import type { AssignmentOrigin, MatchedRow } from './protocol';

/**
 * How a role came (contract 2.3). The service has no field that says it, so: matched attributes mean a rule; an
 * assigner, a comment, a requested context or a source a person works with mean a request; else it is unknown.
 */
export function assignmentOrigin(assignment: RoleAssignment): AssignmentOrigin {
  const { assignmentSource, comments, assignmentContext } = assignment;
  const source = assignmentSource?.toUpperCase() ?? '';
  if (matches(assignment).length > 0 || /RULE|MEMBERSHIP|CRITERIA/.test(source)) return 'rule';
  const asked = (assignmentContext?.requested?.contextAttributes ?? []).length > 0;
  return assigner(assignment) || comments || asked || ['UI', 'API', 'REQUEST', 'ACCESS_REQUEST'].includes(source)
    ? 'request'
    : 'unknown';
}

/** Who assigned the role; undefined when the service leaves it blank or says that it does not know. */
export function assigner({ assigner: said }: RoleAssignment): { id: string; name: string } | undefined {
  if (!said?.id || said.type === 'UNKNOWN') return undefined;
  return { id: said.id, name: said.name ?? said.id };
}

/**
 * The attributes that a rule matched, beside the person's present ones.
 *
 * @param present the attributes of the identity; undefined when they could not be read
 */
export function matchedRows(
  assignment: RoleAssignment,
  present: Readonly<Record<string, unknown>> | undefined,
): MatchedRow[] {
  return matches(assignment).map(({ attribute, value }) => {
    const matched = valueText(value);
    const now = present && valueText(present[attribute]);
    return {
      attribute,
      matched,
      present: now ?? '',
      same: now === undefined ? null : now.toLowerCase() === matched.toLowerCase(),
    };
  });
}

/** A value in one line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return jsonText(value);
}

/** The account targets by source, in the order the service has them. */
export function accountsBySource({ accountTargets }: RoleAssignment) {
  const sources = new Map<string, { name: string; via: string }[]>();
  for (const { source, accountInfo, role } of accountTargets ?? []) {
    const name = source?.name ?? source?.id ?? '';
    const accounts = sources.get(name) ?? [];
    accounts.push({
      name: accountInfo?.nativeIdentity ?? accountInfo?.displayName ?? accountInfo?.uuid ?? '',
      via: role?.name ?? role?.id ?? '',
    });
    sources.set(name, accounts);
  }
  return [...sources].map(([source, accounts]) => ({ source, accounts }));
}

function matches({ assignmentContext }: RoleAssignment) {
  return (assignmentContext?.matched ?? []).flatMap(({ matchedAttributes }) => matchedAttributes ?? []);
}

import type { Identity } from '../../api/identities';
import type { RoleAssignment } from '../../api/roleAssignments';
import type { Tenant } from '../../tenants/tenant';
import { formatDate, formatDateTime, formatList } from '../../text/dates';
import { accountsBySource, assigner, assignmentOrigin, matchedRows, valueText } from './origin';
import { toMoment, roleBadge, tenantBadge } from '../shared/badges';
import type { Evidence, WhyAnswer, WhyPresent } from './protocol';
import { t } from '../../text/l10n';
import { dateIn } from '../../text/dateValues';
import { formatValue } from '../../text/values';

/** Characters of a comment that the sentence quotes. */
const COMMENT = 240;

/** A role assignment in the words of its panel; `identity` is undefined when the person could not be read. */
export function presentWhy(
  assignment: RoleAssignment,
  identity: Identity | undefined,
  person: { readonly id: string; readonly name: string },
  tenant: Tenant,
): WhyPresent {
  const { role, assignedDimensions, assignmentContext } = assignment;
  return {
    person: { id: person.id, name: identity?.name ?? person.name },
    role: role.name ?? role.id,
    roleId: role.id,
    tenant: tenantBadge(tenant),
    answer: whyAnswer(assignment),
    badge: roleBadge(assignment),
    evidence: evidence(assignment),
    timeline: timeline(assignment),
    matched: matchedRows(assignment, identity && (identity.attributes ?? {})).map((row) => ({
      ...row,
      matched: formatValue(row.attribute, row.matched),
      present: formatValue(row.attribute, row.present),
    })),
    dimensions: (assignedDimensions ?? []).map(({ id, name }) => name ?? id),
    requested: (assignmentContext?.requested?.contextAttributes ?? []).map(({ attribute, value, derived }) => ({
      attribute,
      value: formatValue(attribute, valueText(value)),
      derived: derived === true,
    })),
    accounts: accountsBySource(assignment),
  };
}

/** "Assigned by rule: department is Engineering and location is Austin, since 14 Feb 2025, until 1 Mar 2027." */
export function whyAnswer(assignment: RoleAssignment): WhyAnswer {
  const how = assignmentOrigin(assignment);
  const { startDate, removeDate, comments } = assignment;
  // What has not begun is not "since" anything.
  const begins = Date.parse(startDate ?? '') > Date.now();
  const when = [
    how !== 'request' && assignment.addedDate && !begins ? t('since {0}', formatDate(assignment.addedDate)) : '',
    startDate && begins ? t('starting {0}', formatDate(startDate)) : '',
    removeDate ? t('until {0}', formatDate(removeDate)) : '',
  ];
  const since = when.filter(Boolean).join(', ');
  const why = reason(assignment);
  const sentence = !since ? why : how === 'unknown' ? t('{0}; assigned {1}', why, since) : `${why}, ${since}`;
  return { how, sentence: comments ? `${sentence}: “${isolated(shortened(comments))}”` : `${sentence}.` };
}

function reason(assignment: RoleAssignment): string {
  const { addedDate, assignmentSource } = assignment;
  switch (assignmentOrigin(assignment)) {
    case 'rule': {
      const parts = matchedRows(assignment, undefined).map(({ attribute, matched }) =>
        t('{0} is {1}', isolated(attribute), isolated(formatValue(attribute, matched))),
      );
      const list = formatList(parts, 'conjunction');
      return parts.length > 0 ? t('Assigned by rule: {0}', list) : t('Assigned by rule');
    }
    case 'request': {
      const who = isolated(assigner(assignment)?.name ?? '') || t('someone ISC does not name');
      const by = assignmentSource ? t('Requested by {0} via {1}', who, assignmentSource) : t('Requested by {0}', who);
      return addedDate ? t('{0} on {1}', by, formatDate(addedDate)) : by;
    }
    case 'unknown':
      return t('Unknown: ISC does not report how this role was assigned');
  }
}

function evidence(assignment: RoleAssignment): Evidence[] {
  const { comments, assignmentSource, addedDate, startDate, removeDate, assignmentContext } = assignment;
  const who = assigner(assignment);
  const byRule = assignmentOrigin(assignment) === 'rule' ? t('a rule') : null;
  const date = (label: string, iso: string | null | undefined, none: string | null): Evidence =>
    iso ? { label, value: formatDate(iso), exact: formatDateTime(iso) } : { label, value: none };
  return [
    { label: t('Assigned by'), value: who?.name ?? byRule, ...(who ? { person: who } : {}) },
    { label: t('Comment'), value: comments || t('none') },
    { label: t('Assignment source'), value: assignmentSource || null },
    date(t('Added'), addedDate, null),
    date(t('Starts'), startDate, t('immediately')),
    date(t('Ends'), removeDate, t('never')),
    computed(assignmentContext?.computedDate),
  ];
}

/** A raw value: a date, as Java writes it, or whatever else came. */
function computed(value: string | null | undefined): Evidence {
  const label = t('Computed');
  const found = value ? dateIn('computedDate', value) : undefined;
  return found
    ? { label, value: formatDate(found.iso), exact: formatDateTime(found.iso) }
    : { label, value: value || null };
}

function timeline({ addedDate, startDate, removeDate }: RoleAssignment): WhyPresent['timeline'] {
  const now = new Date().toISOString();
  return [
    { label: t('Added'), iso: addedDate },
    { label: t('Starts'), iso: startDate },
    { label: t('Today'), iso: now },
    { label: t('Ends'), iso: removeDate },
  ]
    .flatMap(({ label, iso }) => {
      const at = toMoment(iso);
      return at ? [{ label, moment: at, past: at.at <= Date.parse(now) }] : [];
    })
    .sort((a, b) => a.moment.at - b.moment.at);
}

/** The whole comment is below, with the evidence. */
function shortened(text: string): string {
  const characters = [...text.slice(0, 2 * COMMENT)];
  return characters.length > COMMENT ? `${characters.slice(0, COMMENT).join('')}…` : text;
}

/** Keeps text that changes the writing direction from turning the sentence around it. */
function isolated(text: string): string {
  return /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) ? `\u2068${text}\u2069` : text;
}

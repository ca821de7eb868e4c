import type { RoleAssignmentRef } from '../api/roleAssignments';
import { formatAge, formatDate, daysUntil } from './dates';
import type { StatusLabel } from './state';
import { t } from './l10n';
import type { PlainText } from './plain';

/** Days before its end from which a role assignment is marked. */
const ENDING_SOON = 14;

/** What deserves attention about the dates of a role assignment; undefined when nothing does. */
export function assignmentState(
  { startDate, removeDate }: Pick<RoleAssignmentRef, 'startDate' | 'removeDate'>,
  now = Date.now(),
): StatusLabel | undefined {
  const ends = Date.parse(removeDate ?? '');
  if (ends <= now) return { icon: 'circle-slash', word: t('ended {0}', formatAge(removeDate, now)), tone: 'off' };
  if (ends - now <= ENDING_SOON * 86_400_000) {
    return { icon: 'warning', word: t('ends {0}', formatAge(removeDate, now)), tone: 'warning' };
  }
  const starts = daysUntil(startDate, now) ?? 0;
  return starts > 0 ? { icon: 'clock', word: t('starts {0}', formatAge(startDate, now)), tone: 'info' } : undefined;
}

/** A role assignment's dates in words, what ends or starts first: "ends in 3 days", "since 11 Jul 2025". */
export function assignmentText(assignment: RoleAssignmentRef, now = Date.now()): readonly PlainText[] {
  const state = assignmentState(assignment, now);
  const { addedDate, startDate, removeDate } = assignment;
  const hasBegun = !(Date.parse(startDate ?? '') > now);
  const begun = hasBegun && addedDate ? [t('since {0}', formatDate(addedDate))] : [];
  const later =
    removeDate && (state === undefined || state.icon === 'clock') ? [t('ends {0}', formatDate(removeDate))] : [];
  return [...(state ? [state.word] : []), ...later, ...begun];
}

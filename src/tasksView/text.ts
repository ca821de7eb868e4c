import { formatAge, formatNumber } from '../text/dates';
import { identityStatusLabel, statusLabel } from '../text/state';
import { formatValue } from '../text/values';
import type { Difference } from '../tasks/identityDiff';
import type { FollowedTask } from '../tasks/task';
import { plural, t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';

/** "Process Walter White", "Invite 12 people", "Invite all unregistered (512)". */
export function taskTitle({ action, people, peopleCount, everybody }: FollowedTask): PlainText {
  if (everybody) return t('Invite all unregistered ({0})', formatNumber(peopleCount));
  const [only] = people;
  const whom = plural(peopleCount, {
    one: () => (only ? plain(only.name) : t('1 identity')),
    other: () => t('{0} identities', formatNumber(peopleCount)),
  });
  return action === 'process' ? t('Process {0}', whom) : t('Invite {0}', whom);
}

/** The state in a word or two, with what is worth knowing beside it. */
export function taskState({ state, percent, phase, messages, problem, endedAt }: FollowedTask): PlainText {
  const when = endedAt === undefined ? '' : formatAge(new Date(endedAt).toISOString());
  switch (state) {
    case 'running': {
      const progress = percent === undefined ? t('running') : t('{0}%', formatNumber(percent));
      const doing = problem === undefined ? phase : t('no response, retrying');
      return joined([progress, plain(doing ?? '')], ' · ');
    }
    case 'succeeded':
      return joined([t('done'), when], ' · ');
    case 'warning':
      return joined([t('warning'), noteCount(messages.length), when], ' · ');
    case 'failed':
      return joined([t('failed'), noteCount(messages.length), when], ' · ');
    case 'stopped':
      return t('no longer tracked');
    case 'lost':
      return t('outcome unknown');
  }
}

function noteCount(n: number): PlainText {
  if (n === 0) return plain('');
  return plural(n, { one: () => t('1 message'), other: () => t('{0} messages', formatNumber(n)) });
}

/** What a difference is about, and from what to what. */
export function differenceWords({ kind, name, before, after }: Difference): { label: PlainText; change: PlainText } {
  if (kind === 'role') return { label: plain(name), change: after === null ? t('role removed') : t('role added') };
  const labels = {
    lifecycle: t('Lifecycle state'),
    status: t('Status'),
    processing: t('Processing'),
    attribute: plain(name),
  };
  return { label: labels[kind], change: t('{0} → {1}', valueOf(kind, name, before), valueOf(kind, name, after)) };
}

/** The word of a state, or a value as a person reads it. */
function valueOf(kind: Difference['kind'], name: string, value: string | null): PlainText {
  if (value === null) return t('empty');
  switch (kind) {
    case 'status':
      return statusLabel(value).word;
    case 'processing':
      return value === 'OK'
        ? t('no error')
        : identityStatusLabel({ processingState: value, identityStatus: null }).word;
    default:
      return formatValue(name, value);
  }
}

import type { Batch } from '../../actions/bulk/batch';
import type { NamesakeQuestion } from '../../actions/bulk/namesakes';
import { batchTitle } from '../../actions/bulk/text';
import type { Identity } from '../../api/identities';
import { textOf } from '../../api/json';
import { identityStatusLabel } from '../../text/state';
import { t } from '../../text/l10n';
import { joined, plain, withIcon } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import type { Choice } from '../ui/prompts';

/** Asks which of the identities of one name is meant. Dismissed, the plan is given up: to go on without a name is an answer of its own. */
export function askNamesake(
  { ui }: Pick<CommandDeps, 'ui'>,
  batch: Batch,
  tenantName: string,
  { name, identities, number, total }: NamesakeQuestion,
  signal: AbortSignal,
): Promise<Identity | 'none' | 'cancel'> {
  const list = ui.createPickList<Choice<Identity | 'none'>>({
    title: batchTitle(batch, tenantName),
    placeholder: t('Which {0} is meant?', name),
    matchesDescriptions: true,
    ...(total > 1 ? { step: number, totalSteps: total } : {}),
  });
  list.rows = [
    ...identities.map(toChoice),
    { label: withIcon('circle-slash', t('None of these')), description: t('skip this name'), value: 'none' },
  ];
  return new Promise<Identity | 'none' | 'cancel'>((resolve) => {
    const leave = (): void => resolve('cancel');
    signal.addEventListener('abort', leave, { once: true });
    list.show({ chosen: (row) => row && resolve(row.value), closed: leave });
    if (signal.aborted) leave();
  }).finally(() => list.close());
}

/** What tells people of one name apart. */
function toChoice(identity: Identity): Choice<Identity> {
  const { name, alias, emailAddress, attributes } = identity;
  const department = Object.entries(attributes ?? {}).find(([key]) => /^department(name)?$/i.test(key))?.[1];
  const { icon, word } = identityStatusLabel(identity);
  return {
    label: withIcon(icon, plain(name)),
    description: joined([plain(alias ?? ''), plain(emailAddress ?? '')], ' · '),
    detail: joined([plain(textOf(department) ?? ''), word], ' · '),
    value: identity,
  };
}

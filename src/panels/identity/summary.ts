import type { Identity } from '../../api/identities';
import { textOf } from '../../api/json';
import { dateIn } from '../../text/dateValues';
import { formatDate, formatDateTime } from '../../text/dates';
import { t } from '../../text/l10n';
import type { SummaryRow } from './protocol';

/**
 * The facts that users look for first, as far as the identity has them. Attributes are the tenant's own (contract 2.2), so each fact
 * goes by the names that are usual for it, whatever their case.
 */
export function summaryRows({ attributes, managerRef, lifecycleState }: Identity): SummaryRow[] {
  const byName = new Map(Object.entries(attributes ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const fact = (label: string, ...names: readonly string[]): SummaryRow[] => {
    const name = names.find((one) => textOf(byName.get(one))?.trim());
    const text = name === undefined ? undefined : textOf(byName.get(name));
    if (name === undefined || text === undefined) return [];
    const date = dateIn(name, text);
    if (date === undefined) return [{ label, text }];
    return [{ label, text: formatDate(date.iso), exact: date.kind === 'day' ? text : formatDateTime(date.iso) }];
  };
  const manager = managerRef && { id: managerRef.id, name: managerRef.name ?? managerRef.id };
  return [
    ...fact(t('Title'), 'title', 'jobtitle'),
    ...fact(t('Department'), 'department', 'departmentname'),
    ...(manager ? [{ label: t('Manager'), text: manager.name, person: manager }] : []),
    ...fact(t('Location'), 'location', 'city', 'office'),
    ...(lifecycleState ? [{ label: t('Lifecycle state'), text: lifecycleState.stateName }] : []),
    ...fact(t('Start date'), 'startdate', 'hiredate'),
    ...fact(t('End date'), 'enddate', 'terminationdate'),
  ];
}

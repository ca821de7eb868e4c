import { ApiError } from '../../api/errors';
import { actionOf } from '../../actions/catalog';
import { queryOf, type IdentityList } from '../../lists/list';
import { listName } from '../../lists/text';
import type { TableTarget } from '../../panels/table/register';
import { formatNumber } from '../../text/dates';
import { capital, plural, t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import { tenantOf, type ListNode } from '../../tree/nodes';
import { identitySteps, type IdentityForm, type IdentitySelection, type PickDeps } from '../actions/pickIdentities';
import { loadBatch } from '../actions/run';
import { isWhole } from '../lists/people';
import { selectedOfOneTenant } from '../identities/oneTenant';
import { asTreeNode, likelyTenant, tenantStep } from '../tenants/pick';
import { batchIdIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { wizard } from '../ui/prompts';
import { asTableRow } from './rows';
import { CommandError } from '../ui/report';

type OpenDeps = PickDeps & Pick<CommandDeps, 'panels' | 'batches' | 'focus'>;

/**
 * Opens a table of a list, of the identities that are selected, or of those of a bulk action; asks which ones where nothing says so.
 *
 * @throws CommandError, Cancelled
 */
export async function openAsTable(deps: OpenDeps, argument: unknown, selected: unknown): Promise<void> {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return deps.panels.openTable(ofList(tenantOf(row).id, row.list, row));
  if (row?.kind === 'identity' || asTableRow(argument)) return openSelected(deps, argument, selected);
  if (batchIdIn(argument) !== undefined) return openPeopleOfBatch(deps, argument);
  const form: IdentityForm = { tenant: likelyTenant(deps) };
  const title = (): PlainText => t('Open as table');
  const purpose = (): PlainText => t('Open as table');
  await wizard([tenantStep(deps, title, form), ...identitySteps(deps, title, form, { purpose })]);
  if (form.selection) deps.panels.openTable(ofSelection(form.selection));
}

function openSelected({ panels }: Pick<CommandDeps, 'panels'>, argument: unknown, selected: unknown): void {
  const together = selectedOfOneTenant(argument, selected, t('No table was opened'));
  if (!together) return;
  const { tenantId, people } = together;
  panels.openTable({ tenantId, title: selectedText(people.length), people: { kind: 'people', people } });
}

function selectedText(people: number): PlainText {
  return plural(people, {
    one: () => t('1 selected identity'),
    other: () => t('{0} selected identities', formatNumber(people)),
  });
}

async function openPeopleOfBatch(deps: OpenDeps, argument: unknown): Promise<void> {
  const { rows, tenantId, action } = await loadBatch(deps, argument);
  const people = rows.flatMap(({ person }) => (person ? [person] : []));
  const title = t('{0}: {1}', actionOf(action).label(), peopleOf(people.length));
  deps.panels.openTable({ tenantId, title, people: { kind: 'asked', source: { kind: 'people', people } } });
}

function peopleOf(people: number): PlainText {
  return plural(people, { one: () => t('1 identity'), other: () => t('{0} identities', formatNumber(people)) });
}

/** A list that is loaded completely is not asked for again. */
function ofList(tenantId: string, list: IdentityList, row: ListNode): TableTarget {
  if (list.problem) throw new CommandError(t('No table was opened'), new ApiError('invalid', list.problem.message));
  const query = queryOf(list);
  const identities = row.loaded.rows.flatMap(({ identity, left }) => (left ? [] : [identity]));
  const known = isWhole(row) ? { identities, total: identities.length } : undefined;
  // What stands below a tenant in this window only cannot be found by its id later.
  const isKept = list.origin === 'builtIn' || list.origin === 'own';
  return {
    tenantId,
    title: listName(list),
    source: isKept ? { kind: 'list', listId: list.id } : { kind: 'query', query },
    people: { kind: 'query', query, known },
  };
}

function ofSelection({ tenantId, from, people }: IdentitySelection): TableTarget {
  const title = plain(capital(plain(from)));
  if (people.kind !== 'list') return { tenantId, title, people: { kind: 'asked', source: people } };
  const { query } = people;
  return { tenantId, title, source: { kind: 'query', query }, people: { kind: 'query', query } };
}

import type { IdentityList } from '../../lists/list';
import { listName } from '../../lists/text';
import type { Tenant } from '../../tenants/tenant';
import { plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { pickOne, type Choice } from '../ui/prompts';

/** One of the lists of a tenant that can be asked for. @throws Cancelled when dismissed */
export function pickList(
  { ui, lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  tenant: Tenant,
  question: PlainText,
): Promise<IdentityList> {
  return pickOne(ui, question, usableLists(lists, tenant));
}

/** The lists of a tenant without those with a mistake, which must not be asked for. */
export function usableLists(lists: CommandDeps['lists'], tenant: Tenant): readonly Choice<IdentityList>[] {
  return lists
    .forTenant(tenant)
    .flatMap((value) =>
      value.problem === undefined ? [{ label: listName(value), description: plain(queryText(value)), value }] : [],
    );
}

function queryText({ query }: IdentityList): string {
  return (query?.by === 'search' ? query.query : query?.filter) ?? '';
}

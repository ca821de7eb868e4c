import type { IdentityList } from '../../lists/list';
import { listName } from '../../lists/text';
import type { Tenant } from '../../tenants/tenant';
import { plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';

/** One of the lists of a tenant that can be asked for. @throws Cancelled when dismissed */
export function pickList(
  { ui, lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  tenant: Tenant,
  question: PlainText,
): Promise<IdentityList> {
  const usable = lists.forTenant(tenant).filter(({ problem }) => problem === undefined);
  return pickOne(
    ui,
    question,
    usable.map((value) => ({ label: listName(value), description: plain(queryText(value)), value })),
  );
}

function queryText({ query }: IdentityList): string {
  return (query?.by === 'search' ? query.query : query?.filter) ?? '';
}

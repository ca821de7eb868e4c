/** Names of tenants: a question says which tenant it is about by its name alone, so no two here may look alike. No vscode. */
import { plain } from '../text/plain';
import type { Tenant } from './tenant';

type Named = Pick<Tenant, 'name' | 'storedName'>;

/** Characters of a name that get another's number or host behind them: what is shown of a text has an end, and it must be before that. */
const LONGEST = 200;

/** A name as it looks: case, forms of letters, and what is not seen tell no two names apart. */
function looks(name: string): string {
  return plain(name).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Whether one of these tenants is called so, or was before it was told apart from another. */
export function isTaken(name: string, tenants: readonly Named[]): boolean {
  const wanted = looks(name);
  return tenants.some((tenant) => [tenant.name, tenant.storedName ?? ''].some((taken) => looks(taken) === wanted));
}

/** A name that no other tenant has: "acme", "acme (2)". */
export function uniqueName(name: string, tenants: readonly Named[]): string {
  let unique = name;
  const begin = plain(name, 2 * LONGEST);
  for (let n = 2; isTaken(unique, tenants); n++) unique = `${begin} (${String(n)})`;
  return unique;
}

/**
 * Tells stored tenants apart that are called alike, as two windows or a file from elsewhere may leave them: by their hosts, and by
 * a number where that is the same.
 *
 * @returns tenant id -> what it is called here, for those alone whose stored name is also another's
 */
export function namesApart(tenants: readonly Pick<Tenant, 'id' | 'name' | 'baseUrl'>[]): ReadonlyMap<string, string> {
  const calls = new Map<string, number>();
  for (const { name } of tenants) calls.set(looks(name), (calls.get(looks(name)) ?? 0) + 1);
  const isAlone = ({ name }: Pick<Tenant, 'name'>): boolean => calls.get(looks(name)) === 1;
  const taken = tenants.filter(isAlone).map(({ name }) => ({ name }));
  const apart = new Map<string, string>();
  // By id: a tenant that is moved in the list must not take the number of another.
  for (const tenant of [...tenants].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (isAlone(tenant)) continue;
    const { id, name, baseUrl } = tenant;
    const called = uniqueName(baseUrl === '' ? name : `${plain(name, LONGEST)} (${new URL(baseUrl).host})`, taken);
    taken.push({ name: called });
    apart.set(id, called);
  }
  return apart;
}

import type { Clients } from '../tenants/clients';
import type { Tenant } from '../tenants/tenant';
import type { RecentPerson } from './recent';
import { Cancelled } from './report';
import { searchBox, type Enough } from './searchBox';

/** The person chose to go on with whom was chosen before. */
export const DONE = Symbol('done');

/** Asks for one person of a tenant by typing. @throws Cancelled when dismissed. */
export async function pickIdentity(clients: Clients, tenant: Tenant, question?: string): Promise<RecentPerson>;
/** The same, one after the other. @param enough the row that ends it, once somebody was chosen */
export async function pickIdentity(
  clients: Clients,
  tenant: Tenant,
  question: string,
  enough: Enough | undefined,
): Promise<RecentPerson | typeof DONE>;
export async function pickIdentity(
  clients: Clients,
  tenant: Tenant,
  question?: string,
  enough?: Enough,
): Promise<RecentPerson | typeof DONE> {
  const title = question === undefined ? tenant.name : `${question} · ${tenant.name}`;
  const chosen = await searchBox({ clients, tenants: [tenant], title, ...(enough ? { enough } : {}) });
  if (chosen.kind === 'enough') return DONE;
  if (chosen.kind !== 'person') throw new Cancelled();
  return chosen.person;
}

import type { Clients } from '../tenants/clients';
import type { Tenant } from '../tenants/tenant';
import type { RecentPerson } from './recent';
import { Cancelled } from './report';
import { searchBox } from './searchBox';

/** Asks for one person of a tenant by typing. @throws Cancelled when dismissed. */
export async function pickIdentity(clients: Clients, tenant: Tenant, question?: string): Promise<RecentPerson> {
  const title = question === undefined ? tenant.name : `${question} · ${tenant.name}`;
  const chosen = await searchBox({ clients, tenants: [tenant], title });
  if (chosen.kind !== 'person') throw new Cancelled();
  return chosen.person;
}

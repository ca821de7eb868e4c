/** What the tests of the API module share: a demo tenant over real HTTP, clients for it, and one call per operation. */
import type { Client, ClientOptions } from '../../../src/api/client';
import { createClient } from '../../../src/api/client';
import type { OperationName } from '../../../src/api/operations';
import { createRateLimits } from '../../../src/api/rateLimit';
import type { DemoTenant } from '../../../src/demo/server';

/** A client of the tenant with a budget of its own that never waits, unless told otherwise. */
export function clientOf(demo: DemoTenant, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    baseUrl: demo.baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId: demo.clientId, clientSecret: demo.clientSecret },
    rateLimits: createRateLimits({ ceiling: 100_000 }),
    retryDelayMs: 5,
    ...options,
  });
}

/** Ids a call needs. */
export interface Subjects {
  readonly identity: string;
  readonly assignment: string;
  readonly role: string;
  readonly task: string;
  readonly profile: string;
}

/** One call per operation of the table. */
export const CALLS: Readonly<
  Record<OperationName, (client: Client, ids: Subjects, signal?: AbortSignal) => Promise<unknown>>
> = {
  listIdentities: (client, _, signal) => client.identities.list({ limit: 10, count: true }, { signal }),
  getIdentity: (client, { identity }, signal) => client.identities.get(identity, { signal }),
  deleteIdentity: (client, { identity }, signal) => client.identities.delete(identity, { signal }),
  getIdentityOwnershipDetails: (client, { identity }, signal) => client.identities.ownership(identity, { signal }),
  getRoleAssignments: (client, { identity }, signal) => client.roleAssignments.list(identity, { signal }),
  getRoleAssignment: (client, { identity, assignment }, signal) =>
    client.roleAssignments.get(identity, assignment, { signal }),
  resetIdentity: (client, { identity }, signal) => client.identities.reset(identity, { signal }),
  sendIdentityVerificationAccountToken: (client, { identity }, signal) =>
    client.identities.sendVerification(identity, { via: 'EMAIL_WORK' }, { signal }),
  startIdentitiesInvite: (client, { identity }, signal) => client.identities.invite([identity], { signal }),
  startIdentityProcessing: (client, { identity }, signal) => client.identities.process([identity], { signal }),
  synchronizeAttributesForIdentity: (client, { identity }, signal) =>
    client.identities.synchronize(identity, { signal }),
  listEntitlementsByIdentity: (client, { identity }, signal) => client.entitlements.list(identity, {}, { signal }),
  listAccounts: (client, { identity }, signal) => client.accounts.list(identity, {}, { signal }),
  listAccountActivities: (client, { identity }, signal) => client.accountActivities.list(identity, {}, { signal }),
  getTaskStatus: (client, { task }, signal) => client.tasks.get(task, { signal }),
  getTaskStatusList: (client, _, signal) => client.tasks.list({}, { signal }),
  searchPost: (client, _, signal) => client.search.identities('*', { limit: 10 }, { signal }),
  searchCount: (client, _, signal) => client.search.count('*', { signal }),
  searchAggregate: (client, _, signal) => client.search.aggregate('*', 'status.exact', 10, { signal }),
  listIdentityAttributes: (client, _, signal) => client.identityAttributes.list({ signal }),
  getLifecycleStates: (client, { profile }, signal) => client.lifecycleStates.list(profile, { signal }),
  getRole: (client, { role }, signal) => client.roles.get(role, { signal }),
  getOAuthInfo: (client, _, signal) => client.oauth.info({ signal }),
};

/** The first person of the list who has a role, with all that belongs to her. */
export async function subjectsOf(demo: DemoTenant): Promise<Subjects> {
  const client = clientOf(demo);
  const { items } = await client.identities.list({ limit: 50, filters: 'cloudStatus eq "UNREGISTERED"' });
  for (const { id } of items) {
    const [first] = await client.roleAssignments.list(id);
    if (first === undefined) continue;
    const [task] = await client.identities.process([id]);
    return {
      identity: id,
      assignment: first.id,
      role: first.role.id,
      task: task?.id ?? '',
      profile: await profileOf(demo),
    };
  }
  throw new Error('nobody unregistered has a role');
}

/** The API module has no need of identity profiles beyond their id, so the test asks the tenant itself. */
async function profileOf(demo: DemoTenant): Promise<string> {
  const token = demo.accessToken();
  const response = await fetch(`${demo.baseUrl}/v2024/identity-profiles`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const [profile] = (await response.json()) as { id: string }[];
  return profile?.id ?? '';
}

export async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('expected a rejection');
}

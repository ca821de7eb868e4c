import { SOURCES } from './organisation';
import { idFrom } from './random';
import type { World } from './world';

export interface Association {
  readonly associationType: string;
  readonly entities: readonly { readonly id: string; readonly name: string; readonly type: string }[];
}

const CAMPAIGNS = ['Yearly access review', 'Privileged accounts, second quarter', 'Leavers’ remaining access'];

/** Who owns what: every third of the first people, so that a list has owners near its top and others between them. */
export function sourceOwner(n: number): number {
  return 1 + 3 * (n % 8);
}

function campaignOwner(n: number): number {
  return 1 + n * 6;
}

/** Everything an identity owns that blocks its deletion (contract 2.9). */
export function ownedBy(world: World, index: number): Association[] {
  const { seed } = world.people;
  const roles = world.roles.filter(({ ownerIndex }) => ownerIndex === index);
  const sources = SOURCES.map(({ name }, n) => ({ id: idFrom(seed, 'source', n), name, owner: sourceOwner(n) }));
  const campaigns = CAMPAIGNS.map((name, n) => ({ id: idFrom(seed, 'campaign', n), name, owner: campaignOwner(n) }));
  const owned = [
    { associationType: 'ROLE_OWNER', entities: roles.map(({ id, name }) => ({ id, name, type: 'ROLE' })) },
    {
      associationType: 'SOURCE_OWNER',
      entities: sources.filter(({ owner }) => owner === index).map(({ id, name }) => ({ id, name, type: 'SOURCE' })),
    },
    {
      associationType: 'CAMPAIGN_OWNER',
      entities: campaigns
        .filter(({ owner }) => owner === index)
        .map(({ id, name }) => ({ id, name, type: 'CAMPAIGN_CAMPAIGNER' })),
    },
  ];
  return owned.filter(({ entities }) => entities.length > 0);
}

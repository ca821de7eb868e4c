import { heldRoles } from './assignments';
import { daysAgo } from './attributes';
import { SOURCES } from './organisation';
import { sourceOwner } from './owners';
import { hash32, idFrom } from './random';
import type { World } from './world';

/** Indices into `SOURCES` of the accounts a person has: those everybody has, those their roles brought, and some more. */
function sourcesOf(world: World, index: number): number[] {
  const { people } = world;
  if (!people.isCorrelated(index)) return [2 + (hash32(people.seed, index, 80) % (SOURCES.length - 2))];
  const others = SOURCES.map((_, n) => n).filter((n) => n >= 4 && hash32(people.seed, index, 100 + n) % 5 === 0);
  const all = [
    people.isContractor(index) ? 1 : 0,
    2,
    3,
    ...others,
    ...heldRoles(world, index).flatMap(({ sources }) => sources),
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}
function entitlementsOn(world: World, index: number, source: number): string[] {
  const { entitlements = [] } = SOURCES[source] ?? {};
  return entitlements.filter((_, n) => hash32(world.people.seed, index, 200 + source * 10 + n) % 2 === 0 || n === 0);
}
/** Accounts of one person, in the service's form. */

export function accountsOf(world: World, index: number) {
  const { people } = world;
  const alias = people.alias(index);
  const status = world.status(index);
  return sourcesOf(world, index).map((n) => {
    const source = SOURCES[n] as (typeof SOURCES)[number];
    const nativeIdentity = source.type.startsWith('Active Directory')
      ? `CN=${alias},OU=People,DC=larkspur,DC=example`
      : alias;
    const owner = sourceOwner(n);
    const created = 30 + (hash32(people.seed, index, 300 + n) % 1500);
    const held = entitlementsOn(world, index, n);
    return {
      id: idFrom(people.seed, 'account', index, n),
      name: alias,
      created: daysAgo(world.today(), created),
      modified: daysAgo(world.today(), created % 29),
      sourceId: idFrom(people.seed, 'source', n),
      sourceName: source.name,
      identityId: people.id(index),
      cloudLifecycleState: people.lifecycle(index),
      identityState: ['DISABLED', 'TERMINATED', 'DEACTIVATED'].includes(status) ? 'INACTIVE_LONG_TERM' : 'ACTIVE',
      connectionType: source.type === 'Delimited File' ? 'file' : 'direct',
      isMachine: false,
      recommendation: null,
      attributes: {
        displayName: people.name(index).display,
        mail: people.email(index),
        groups: held,
        lastLogon: daysAgo(world.today(), hash32(people.seed, index, 320 + n) % 60),
      },
      authoritative: source.authoritative,
      description: null,
      disabled: ['DISABLED', 'TERMINATED', 'DEACTIVATED'].includes(status),
      locked: status === 'LOCKED' && n === 2,
      nativeIdentity,
      systemAccount: false,
      uncorrelated: !people.isCorrelated(index),
      uuid: idFrom(people.seed, 'uuid', index, n),
      manuallyCorrelated: hash32(people.seed, index, 340 + n) % 40 === 0,
      hasEntitlements: held.length > 0,
      identity: world.ref(index),
      sourceOwner: world.exists(owner) ? world.ref(owner) : null,
      features: null,
      origin: n > 3 ? ('PROVISIONED' as const) : ('AGGREGATED' as const),
    };
  });
}
/** The names of what a person holds, which are quick to come by: ids are hashes. */

export function entitlementNamesOf(world: World, index: number): readonly string[] {
  return sourcesOf(world, index).flatMap((source) => entitlementsOn(world, index, source));
}
/** What a person holds on each source. */

export function entitlementsOf(world: World, index: number) {
  const { seed } = world.people;
  return sourcesOf(world, index).flatMap((source) =>
    entitlementsOn(world, index, source).map((name) => ({
      type: 'ENTITLEMENT',
      id: idFrom(seed, `entitlement ${name}`, source),
      name,
      privileged: name.includes('ADMIN') || name.includes('Power'),
      source: { id: idFrom(seed, 'source', source), name: SOURCES[source]?.name ?? '' },
    })),
  );
}

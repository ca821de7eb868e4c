import { accountsOf, entitlementsOf } from './accounts';
import { assignmentsOf } from './assignments';
import type { World } from './world';

/** The access of a person as their search document lists it: roles and entitlements. */
export function accessOf(world: World, index: number) {
  return [
    ...assignmentsOf(world, index).map(({ role: { id, name } }) => ({ id, name, displayName: name, type: 'ROLE' })),
    ...entitlementsOf(world, index).map(({ id, name, type, privileged, source }) => ({
      id,
      name,
      displayName: name,
      type,
      source,
      privileged,
      attribute: 'groups',
      value: name,
      standalone: true,
    })),
  ];
}

/** The things inside a search document that `@access(...)` and `@accounts(...)` look through, one by one. */
export function nestedOf(world: World, index: number, path: string): readonly object[] {
  switch (path) {
    case 'access':
      return accessOf(world, index);
    case 'accounts':
      return accountsOf(world, index).map(({ sourceId, sourceName, nativeIdentity, ...account }) => ({
        ...account,
        accountId: nativeIdentity,
        source: { id: sourceId, name: sourceName },
      }));
    default:
      return [];
  }
}

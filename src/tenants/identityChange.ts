/**
 * What happened, fired once after it happened; tree, panels and tasks read again.
 *
 * `identity`: something about this person may differ now. `deleted`: the person is gone. Without
 * `identityId` it is about many people of the tenant: lists are read again instead of each of them. Changes of the tenants
 * themselves (added, renamed, signed in, removed) are the store's own event.
 */
export interface IdentityChange {
  readonly kind: 'identity' | 'deleted';
  readonly tenantId: string;
  readonly identityId?: string;
}

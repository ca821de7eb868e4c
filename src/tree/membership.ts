import type { Identity } from '../api/identities';

/** Statuses that none of the lists below goes by, and that stand for no other. */
const SETTLED: ReadonlySet<string> = new Set([
  'ACTIVE',
  'REGISTERED',
  'PENDING',
  'DISABLED',
  'DEACTIVATED',
  'TERMINATED',
]);

const STATUS_OF_LIST: Readonly<Record<string, string>> = { unregistered: 'UNREGISTERED', locked: 'LOCKED' };

/**
 * Whether an identity is known not to be in a built-in list any more, by its own fields. What no field says (protected, correlated),
 * or a field that is absent, leaves it in the list.
 */
export function hasLeft(listId: string, { processingState, identityStatus }: Identity): boolean {
  if (listId === 'processingErrors') return processingState?.toUpperCase() === 'OK';
  const status = STATUS_OF_LIST[listId];
  // ISC may report ERROR or WARNING beside what the list goes by.
  return status !== undefined && SETTLED.has(identityStatus?.toUpperCase() ?? '') && identityStatus !== status;
}

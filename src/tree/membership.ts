import type { Identity } from '../api/identities';

const STATUS_OF_LIST: Readonly<Record<string, string>> = { unregistered: 'UNREGISTERED', locked: 'LOCKED' };

/**
 * Whether an identity is known not to be in a built-in list any more, by its own fields. What no field says (protected, correlated),
 * or a field that is absent, leaves it in the list.
 */
export function hasLeft(listId: string, { processingState, identityStatus }: Identity): boolean {
  if (listId === 'processingErrors') return processingState !== undefined && processingState !== 'ERROR';
  const status = STATUS_OF_LIST[listId];
  return status !== undefined && typeof identityStatus === 'string' && identityStatus.toUpperCase() !== status;
}

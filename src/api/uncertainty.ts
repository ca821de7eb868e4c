/** What a failed call leaves behind. */
import { ApiError } from './errors';
import { OPERATIONS } from './operations';

/**
 * A write whose outcome is unknown: it may have left this machine, and no clear answer came back. It must never be sent
 * again by itself.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (!ApiError.is(error)) return false;
  const { operation, sent, status } = error.details;
  if (operation === undefined || OPERATIONS[operation].access === 'read' || sent === false) return false;
  if (error.reason === 'server' || error.reason === 'badAnswer') return true;
  return status === undefined && ['network', 'timeout', 'cancelled'].includes(error.reason);
}

/** Cancelled with nothing left behind. Who cancels a write that is on its way must hear that it may have happened. */
export function isCleanCancel(error: unknown): boolean {
  return ApiError.is(error, 'cancelled') && !mayHaveHappened(error);
}

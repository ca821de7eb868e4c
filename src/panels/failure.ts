import { ApiError } from '../api/errors';
import { sentence } from '../words/errors';
import type { Failure } from './protocol';

/** What a page shows of an error; `what` is the clause that says what failed. */
export function failureOf(error: unknown, what: string): Failure {
  return {
    message: sentence(error, what),
    cancelled: ApiError.is(error, 'cancelled'),
    signIn: ApiError.is(error, 'auth'),
  };
}

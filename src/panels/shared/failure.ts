import { ApiError } from '../../api/errors';
import { errorText } from '../../text/errors';
import type { Failure } from './protocol';
import { t } from '../../text/l10n';

/** What a page shows of an error; `what` is the clause that says what failed. */
export function failureOf(error: unknown, what: string): Failure {
  return {
    message: errorText(error, what),
    cancelled: ApiError.is(error, 'cancelled'),
    signIn: ApiError.is(error, 'auth'),
  };
}

/** What a panel says that was restored for a tenant which is not there any more. */
export function tenantGone(name: string): string {
  return t('The tenant of {0} was removed from VS Code. Add it again to find {0} there, or close this tab.', name);
}

import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { CommandError } from '../ui/report';
import { asIdentityRow, selectedIdentities } from './targets';

/**
 * The identities of rows that are selected together, all of one tenant.
 *
 * @param nothing what is said when they are not
 * @returns undefined when no row of an identity was chosen
 * @throws CommandError
 */
export function selectedOfOneTenant(
  argument: unknown,
  selected: unknown,
  nothing: PlainText,
): { readonly tenantId: string; readonly people: readonly Identity[] } | undefined {
  const row = asIdentityRow(argument);
  if (!row) return undefined;
  const together = selectedIdentities(argument, selected);
  if (together.some(({ tenantId }) => tenantId !== row.tenantId)) {
    const why = t('the selected identities belong to different tenants; select those of one');
    throw new CommandError(nothing, new ApiError('invalid', why, { sent: false }));
  }
  const people = together.length > 0 ? together.map(({ identity }) => identity) : [row.identity];
  return { tenantId: row.tenantId, people };
}

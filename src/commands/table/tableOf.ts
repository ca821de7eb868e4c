import { ApiError } from '../../api/errors';
import type { OpenTable } from '../../panels/table/openTable';
import { t } from '../../text/l10n';
import { tableIdIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { CommandError } from '../ui/report';

/** @throws CommandError when it is closed */
export function tableOf({ panels }: Pick<CommandDeps, 'panels'>, argument: unknown): OpenTable {
  const tableId = tableIdIn(argument);
  const table = tableId === undefined ? undefined : panels.table(tableId);
  if (table) return table;
  throw new CommandError(t('Nothing was done'), new ApiError('invalid', t('the table is closed'), { sent: false }));
}

import type { Batch } from '../../actions/bulk/batch';
import { rowLabel } from '../../actions/bulk/text';
import { requireTenant } from '../tenants/pick';
import { showStatus } from '../ui/progress';
import { actionOf } from '../../actions/catalog';
import { loadBatch } from './run';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext, Cancelled } from '../ui/report';
import { t } from '../../text/l10n';

/** Writes a batch into a file: a table for spreadsheets, or JSON for scripts. */
export async function exportBatch(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'batches'>,
  argument: unknown,
  kind: 'csv' | 'json',
): Promise<void> {
  const batch = await loadBatch(deps, argument);
  const tenant = requireTenant(deps, batch.tenantId);
  await withErrorContext(t('Could not write the file'), batch.tenantId, async () => {
    const name = `${fileName(batch, tenant.name)}.${kind}`;
    const types = { [kind.toUpperCase()]: [kind] };
    const file = await deps.workbench.chooseTarget(t('Export as {0}', kind.toUpperCase()), types, name);
    if (!file) throw new Cancelled();
    const { batchCsv, batchJson } = await import('../../actions/bulk/csv');
    const text =
      kind === 'json'
        ? batchJson(batch, tenant.name)
        : batchCsv(batch, (row) => rowLabel(row, batch).word, {
            name: t('name'),
            id: t('id'),
            alias: t('alias'),
            email: t('email'),
            asked: t('input'),
            outcome: t('outcome'),
            message: t('message'),
            tracking: t('tracking id'),
            task: t('task id'),
          });
    await file.write(text);
    showStatus(deps.ui, t('{0} saved', file.name));
  });
}

function fileName({ action, createdAt }: Batch, tenantName: string): string {
  const words = [actionOf(action).label(), tenantName, new Date(createdAt).toISOString().slice(0, 10)];
  return words.join(' ').replace(/[^\p{L}\p{N}]+/gu, '-');
}

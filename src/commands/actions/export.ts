import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Batch } from '../../actions/bulk/batch';
import { rowLabel } from '../../actions/bulk/text';
import { requireTenant } from '../tenants/pick';
import { showStatus } from '../ui/progress';
import { actionOf } from '../../actions/catalog';
import { batchOf } from './run';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext, Cancelled } from '../ui/report';
import { t } from '../../text/l10n';

/** Writes a batch into a file: a table for spreadsheets, or JSON for scripts. */
export async function exportBatch(deps: CommandDeps, argument: unknown, kind: 'csv' | 'json'): Promise<void> {
  const batch = batchOf(deps, argument);
  const tenant = requireTenant(deps, batch.tenantId);
  await withErrorContext(t('Could not write the file'), batch.tenantId, async () => {
    const file = await vscode.window.showSaveDialog({
      title: t('Export as {0}', kind.toUpperCase()),
      filters: { [kind.toUpperCase()]: [kind] },
      defaultUri: placeFor(`${fileName(batch, tenant.name)}.${kind}`),
    });
    if (!file) throw new Cancelled();
    const { batchCsv, batchJson } = await import('../../actions/bulk/csv');
    const text =
      kind === 'json'
        ? batchJson(batch, tenant.name)
        : batchCsv(batch, (row) => rowLabel(row, batch).word, {
            name: t('name'),
            id: t('id'),
            alias: t('alias'),
            email: t('e-mail'),
            asked: t('asked for'),
            outcome: t('outcome'),
            message: t('message'),
            tracking: t('tracking id'),
            task: t('task id'),
          });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    showStatus(t('{0} written', file.path.slice(file.path.lastIndexOf('/') + 1)));
  });
}

function fileName({ action, createdAt }: Batch, tenantName: string): string {
  const words = [actionOf(action).label(), tenantName, new Date(createdAt).toISOString().slice(0, 10)];
  return words.join(' ').replace(/[^\p{L}\p{N}]+/gu, '-');
}

/** In the folder that is open; else at home. */
function placeFor(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder ? vscode.Uri.joinPath(folder.uri, name) : vscode.Uri.file(join(homedir(), name));
}

import * as vscode from 'vscode';
import type { BatchSummary } from '../actions/bulk/batch';
import { COMMANDS } from '../ids';
import type { Tenant } from '../tenants/tenant';
import { batchSummaryState, batchSummaryTitle } from '../actions/bulk/text';
import { formatDateTime } from '../text/dates';
import { errorText } from '../text/errors';
import type { DetailRow, ServiceTaskRow, UnreadableRow } from './rows';
import { differenceWords } from './text';
import { tooltipOf } from '../ui/tooltip';
import { createTreeItem, type TreeItem } from '../ui/treeItem';
import { t } from '../text/l10n';
import { plain, type PlainText } from '../text/plain';

const OPEN = { command: COMMANDS.openTaskRow, title: t('Open') };

/** An action on many people: a click opens its panel; the tasks of the service are below it. */
export function batchItem(batch: BatchSummary, tenant: Tenant | undefined, hasTasks: boolean): TreeItem {
  const { icon, word, tone } = batchSummaryState(batch);
  const title = batchSummaryTitle(batch, tenant?.name ?? '');
  const item = createTreeItem(title, hasTasks ? 'collapsed' : undefined);
  item.description = word;
  item.tooltip = tooltipOf(t('{0}: {1}', title, word));
  const color = TONES[tone];
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = batchContext(batch);
  item.command = OPEN;
  item.accessibilityInformation = { label: t('{0}, {1}', title, word) };
  return item;
}

/** What its menu offers: as much as its panel does. */
function batchContext({ phase, elsewhere, counts }: BatchSummary): string {
  if (elsewhere === true) return 'batch.elsewhere';
  if (phase === 'running' || phase === 'paused') return `batch.${phase}`;
  return ['batch.ended', ...(counts.failed > 0 ? ['failed'] : []), ...(counts.planned > 0 ? ['rest'] : [])].join('.');
}

/** What is left of a record: why it cannot be read. */
export function unreadableItem(row: UnreadableRow): TreeItem {
  const item = part(
    t('Unreadable result'),
    plain(row.problem),
    'warning',
    new vscode.ThemeColor('list.warningForeground'),
  );
  item.contextValue = 'batch.unreadable';
  return item;
}

const TONES: Readonly<Record<string, string | undefined>> = {
  ok: 'testing.iconPassed',
  warning: 'list.warningForeground',
  error: 'list.errorForeground',
};

/** What a tenant itself lists. */
export function serviceItem(row: ServiceTaskRow): TreeItem {
  switch (row.kind) {
    case 'service': {
      const item = createTreeItem(t('In ISC: {0}', row.tenant.name), 'collapsed');
      item.iconPath = new vscode.ThemeIcon('server-process');
      item.contextValue = 'tasks.service';
      return item;
    }
    case 'serviceMore': {
      const item = part(t('Load more'), t('{0} shown', row.shown), 'chevron-down');
      item.command = OPEN;
      return item;
    }
    case 'serviceFailed': {
      const text = errorText(row.error, t('Could not load the tasks of {0}', row.parent.tenant.name));
      const item = part(text, t('Retry'), 'error', new vscode.ThemeColor('list.errorForeground'));
      item.command = OPEN;
      return item;
    }
    case 'serviceNote':
      return part(plain(row.text), '', 'info');
  }
}

/** What is known of a task. */
export function partItem(row: DetailRow): TreeItem {
  switch (row.kind) {
    case 'problem':
      return part(
        errorText(row.parent.problem, t('Could not check progress')),
        '',
        'error',
        new vscode.ThemeColor('list.errorForeground'),
      );
    case 'note':
      return part(plain(row.note.text), '', NOTE_ICONS[row.note.type] ?? 'info');
    case 'difference': {
      const { label, change } = differenceWords(row.difference);
      return part(label, change, row.difference.kind === 'role' ? 'shield' : 'diff-modified');
    }
    case 'same':
      return part(t('No changes to the identity'), '', 'dash');
    case 'count':
      return part(plain(row.name), plain(row.value), 'symbol-number');
    case 'started': {
      const { startedBy, startedAt } = row.parent;
      const by = startedBy ? t('by {0}', startedBy) : '';
      return part(t('Started {0}', formatDateTime(new Date(startedAt).toISOString())), by, 'watch');
    }
    case 'person': {
      const item = part(plain(row.person.name), '', 'person');
      item.contextValue = 'task.person';
      item.command = OPEN;
      return item;
    }
  }
}

const NOTE_ICONS: Readonly<Record<string, string>> = { WARN: 'warning', ERROR: 'error' };

/** Texts of the service are shown as text: the tooltip too, for those longer than the view is wide. */
function part(label: PlainText, description: PlainText | '', icon: string, color?: vscode.ThemeColor): TreeItem {
  const item = createTreeItem(label);
  if (description !== '') item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color);
  item.tooltip = tooltipOf(description === '' ? label : t('{0}: {1}', label, description));
  item.contextValue = 'task.part';
  return item;
}

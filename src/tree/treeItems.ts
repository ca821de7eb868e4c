import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import { leftUri, tenantUri } from '../tenants/decorations';
import { assignmentState, assignmentText } from '../text/assignment';
import { formatNumber } from '../text/dates';
import { accessIcon, tenantTexts } from '../tenants/text';
import {
  groupRows,
  type ErrorNode,
  type GroupNode,
  type IdentityNode,
  type MoreNode,
  type Node,
  type RoleAssignmentNode,
  type TenantNode,
  type ListNode,
} from './nodes';
import { identityText } from './identityText';
import { row, type Row } from './treeItem';
import { listItem } from './listItem';
import type { TreeItem } from '../ui/treeItem';
import { t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';

/**
 * The one place that makes TreeItems: row -> icon, words, screen-reader label, context value.
 *
 * @param running what runs on the row now, in place of its description
 */
export function toTreeItem(node: Node, running?: PlainText): TreeItem {
  const item = looks(node);
  item.id = node.id;
  if (running !== undefined) {
    item.description = running;
    item.iconPath = new vscode.ThemeIcon('loading~spin');
  }
  return item;
}

/** What is said of a row whose tooltip is what a screen reader says. */
type Words = Required<Pick<Row, 'label' | 'description' | 'spoken'>>;

function looks(node: Node): TreeItem {
  switch (node.kind) {
    case 'tenant':
      return tenantItem(node);
    case 'list':
      return listItem(node);
    case 'group':
      return groupItem(node);
    case 'identity':
      return identityItem(node);
    case 'roleAssignment':
      return roleAssignmentItem(node);
    case 'more':
      return moreItem(node);
    case 'error':
      return errorItem(node);
    case 'short':
      return shortItem(node.parent);
    case 'empty': {
      const label = node.parent.kind === 'list' ? t('No identities match') : t('No role assignments');
      return row({ label, context: 'empty' });
    }
  }
}

function tenantItem({ tenant, signedOut }: TenantNode): TreeItem {
  const words = tenantTexts(tenant);
  if (signedOut !== undefined) {
    return row({
      label: plain(tenant.name),
      description: t('sign in again'),
      icon: 'debug-disconnect',
      context: 'tenant.signedOut',
      spoken: t('{0}, signed out', tenant.name),
      expands: true,
    });
  }
  return row({
    label: plain(tenant.name),
    description: joined(words, ' · '),
    icon: accessIcon(tenant) ?? 'organization',
    resource: tenantUri(tenant.id),
    context: tenant.readOnly ? 'tenant.readOnly' : 'tenant.writable',
    spoken: joined([plain(tenant.name), ...words], ', '),
    expands: true,
  });
}

const TONE_COLORS = {
  ok: undefined,
  info: undefined,
  off: 'disabledForeground',
  warning: 'list.warningForeground',
  error: 'list.errorForeground',
} as const;

function identityItem(node: IdentityNode): TreeItem {
  const { icon, tone, description, spoken } = identityText(node);
  const color = TONE_COLORS[tone];
  return row({
    label: plain(node.identity.name),
    description,
    icon,
    ...(node.left ? { resource: leftUri } : {}),
    ...(color ? { color } : {}),
    context: 'identity',
    spoken,
    opens: true,
    expands: true,
  });
}

/** Which of the rows, and from whom to whom: that is by name, unless it is sorted otherwise. */
function groupItem(node: GroupNode): TreeItem {
  const item = row({ ...groupWords(node), icon: 'list-ordered', context: 'group', expands: true });
  if (node.open) item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  return item;
}

export function groupWords(node: GroupNode): Words {
  const people = groupRows(node);
  const first = formatNumber(node.from + 1);
  const last = formatNumber(node.from + people.length);
  const names = [people[0]?.identity.name ?? '', people.at(-1)?.identity.name ?? ''] as const;
  return {
    label: t('{0} – {1}', first, last),
    description: t('{0} – {1}', ...names),
    spoken: t('Identities {0} to {1}, from {2} to {3}', first, last, ...names),
  };
}

function roleAssignmentItem({ assignment }: RoleAssignmentNode): TreeItem {
  const state = assignmentState(assignment);
  const words = assignmentText(assignment);
  const name = plain(assignment.role.name ?? assignment.role.id);
  const color = state && TONE_COLORS[state.tone];
  return row({
    label: name,
    description: joined(words, ' · '),
    icon: state?.icon ?? 'shield',
    ...(color ? { color } : {}),
    context: 'roleAssignment',
    opens: true,
    spoken: joined([name, ...words], ', '),
  });
}

function moreItem(node: MoreNode): TreeItem {
  const { rows, total } = node.parent.loaded;
  const shown = formatNumber(rows.length);
  const progress = total === undefined ? shown : t('{0} of {1}', shown, formatNumber(total));
  return row({
    label: node.loading ? t('Loading more') : t('Load more'),
    description: progress,
    icon: node.loading ? 'loading~spin' : 'chevron-down',
    context: 'more',
    spoken: t('Load more, {0} shown', progress),
    opens: true,
  });
}

function shortItem(list: ListNode): TreeItem {
  return row({ ...shortWords(list), icon: 'warning', context: 'short', opens: true });
}

export function shortWords({ loaded: { rows, total = 0 } }: ListNode): Words {
  const label = t('{0} of {1} received', formatNumber(rows.length), formatNumber(total));
  return {
    label,
    description: t('Reload'),
    spoken: t('{0}: ISC counts more identities than it lists. Activate to reload.', label),
  };
}

function errorItem({ parent, error, words }: ErrorNode): TreeItem {
  const label = failed(parent);
  const { reason = '', sentence = label } = words ?? {};
  const isAuth = ApiError.is(error, 'auth');
  return row({
    label,
    description: isAuth ? t('Sign in again') : joined([t('Retry'), reason], ' · '),
    icon: 'error',
    color: 'list.errorForeground',
    context: 'error',
    spoken: isAuth ? sentence : joined([sentence, t('Activate to retry.')]),
    opens: true,
  });
}

/** What could not be done, as a clause. */
export function failed(parent: TenantNode | ListNode | IdentityNode): PlainText {
  switch (parent.kind) {
    case 'tenant':
      return t('Could not connect');
    case 'list':
      return t('Could not load identities');
    case 'identity':
      return t('Could not load role assignments');
  }
}

// Tooltips, and what rows of failures say: loaded when a row is first pointed at, or something failed.
import { listName } from '../lists/text';
import { accessLabel, environmentText } from '../tenants/text';
import { formatDateTime } from '../text/dates';
import { errorReason, errorText } from '../text/errors';
import { t } from '../text/l10n';
import { factsTooltip, tooltipOf, type Tooltip } from '../ui/tooltip';
import { identityFacts } from './identityText';
import { listFacts } from './listFacts';
import type { ErrorNode, Node, RoleAssignmentNode, TenantNode } from './nodes';
import { failed, groupWords, shortWords } from './treeItems';

/** Why something failed, alone and as a sentence. */
export function errorWords({ parent, error }: ErrorNode): Required<ErrorNode>['words'] {
  return { reason: errorReason(error), sentence: errorText(error, failed(parent)) };
}

/** The tooltip, made only for rows that are pointed at. Undefined: VS Code shows the label. */
export function tooltip(node: Node): Tooltip | undefined {
  switch (node.kind) {
    case 'tenant':
      return tenantTooltip(node);
    case 'list':
      return factsTooltip(listName(node.list), listFacts(node));
    case 'identity':
      return factsTooltip(node.identity.name, identityFacts(node));
    case 'roleAssignment':
      return roleAssignmentTooltip(node);
    case 'error':
      return tooltipOf(errorWords(node).sentence);
    case 'group':
      return tooltipOf(groupWords(node).spoken);
    case 'short':
      return tooltipOf(shortWords(node.parent).spoken);
    default:
      return undefined;
  }
}

function tenantTooltip({ tenant, signedOut }: TenantNode): Tooltip {
  return factsTooltip(tenant.name, [
    [t('Signed out'), signedOut],
    [t('Host'), tenant.kind === 'demo' ? t('the demo tenant on this machine') : tenant.baseUrl],
    [t('API version'), tenant.version],
    [t('Environment'), environmentText(tenant)],
    [t('Changes'), tenant.readOnly ? t('blocked: the tenant is read-only') : (accessLabel(tenant) ?? t('allowed'))],
  ]);
}

function roleAssignmentTooltip({ assignment }: RoleAssignmentNode): Tooltip {
  return factsTooltip(assignment.role.name ?? assignment.role.id, [
    [t('Added'), formatDateTime(assignment.addedDate)],
    [t('Starts'), formatDateTime(assignment.startDate)],
    [t('Ends'), formatDateTime(assignment.removeDate)],
    [t('Role ID'), assignment.role.id],
    [t('Assignment ID'), assignment.id],
  ]);
}

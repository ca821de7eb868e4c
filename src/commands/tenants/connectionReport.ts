import { ACTION_IDS, actionOf } from '../../actions/catalog';
import { OPERATIONS, type OperationName } from '../../api/operations';
import type { ConnectionReport, OperationCheck } from '../../tenants/connectionCheck';
import type { Tenant } from '../../tenants/tenant';
import { formatDateTime, formatList } from '../../text/dates';
import { missingPermissionText, errorText } from '../../text/errors';
import { environmentText } from '../../tenants/text';
import { plain, type PlainText } from '../../text/plain';
import { t } from '../../text/l10n';
import { markdownFacts, markdownTable, markdownText } from '../ui/markdown';

/** The report of Check connection as Markdown. What comes from the tenant is escaped: it is text, never markup. */
export function connectionMarkdown(tenant: Tenant, report: ConnectionReport, proxy: string | undefined): string {
  const { info, claims, operations } = report;
  const token = claims.ok
    ? [
        [t('Signed in as'), claims.value.userName ?? t('an API client without a user')],
        [t('Organization'), claims.value.org],
        [t('Pod'), claims.value.pod],
        [t('User levels'), formatList(claims.value.authorities) || t('not stated in the token')],
        [t('Scopes'), formatList(claims.value.scopes) || t('not stated in the token')],
        [t('Token expires'), claims.value.expiresAt && formatDateTime(new Date(claims.value.expiresAt).toISOString())],
      ]
    : [[t('Token'), errorText(claims.error, t('No token'))]];
  return [
    `# ${markdownText(t('Connection to {0}', tenant.name))}`,
    markdownFacts([
      [t('Address'), tenant.kind === 'demo' ? t('the demo tenant on this machine') : tenant.baseUrl],
      [t('Environment'), environmentText(tenant)],
      [t('API version'), tenant.version],
      [t('Changes'), tenant.readOnly ? t('blocked: the tenant is read-only here') : t('allowed')],
      [t('Host'), info.ok ? hostWords(tenant) : errorText(info.error, t('No response'))],
      [t('Tenant'), info.ok ? info.value.tenantName : undefined],
      [t('Proxy'), proxy ?? t('not set')],
      ...token,
    ]),
    `## ${markdownText(t('What these credentials can do'))}`,
    markdownText(t('Read operations were tried. Write operations were not: their results are derived from the token.')),
    markdownTable(
      [t('Operation'), t('Result'), t('Reason')],
      operations.map((check) => [operationWord(check), VERDICTS[check.verdict], why(check)]),
    ),
    '',
  ].join('\n\n');
}

/** Only what the connection itself proved: without TLS there was no certificate to look at. */
function hostWords({ kind, baseUrl }: Tenant): PlainText {
  if (kind === 'demo') return t('responds');
  return baseUrl.startsWith('https:')
    ? t('responds; its certificate was accepted')
    : t('responds, without encryption (http)');
}

const VERDICTS: Readonly<Record<OperationCheck['verdict'], string>> = {
  allowed: t('✓ allowed'),
  notAllowed: t('✗ not allowed'),
  unknown: t('? unknown'),
};

const READS: Readonly<Record<string, PlainText>> = {
  listIdentities: t('List identities'),
  getIdentity: t('Show an identity'),
  getIdentityOwnershipDetails: t('Show ownership'),
  getRoleAssignments: t('List role assignments'),
  getRoleAssignment: t('Show a role assignment'),
  listAccountActivities: t('List account activities'),
};

/** The operations as the product calls them, not as the service spells them. */
function wordsOf(operation: OperationName): PlainText {
  const action = ACTION_IDS.find((id) => actionOf(id).operation === operation);
  return action === undefined ? (READS[operation] ?? plain(operation)) : actionOf(action).label();
}

function operationWord({ operation }: OperationCheck): string {
  return `${wordsOf(operation)} (${operation})`;
}

function why({ operation, verdict, by, permissions, error }: OperationCheck): string {
  if (error !== undefined) return errorText(error, wordsOf(operation));
  if (by === 'tried') return t('tried just now');
  if (verdict === 'notAllowed') return missingPermissionText(permissions);
  if (verdict === 'allowed') return t('the token has what is required');
  const { access } = OPERATIONS[operation];
  return access === 'read'
    ? t('no identity to try it on')
    : t('not stated in the token; {0}', missingPermissionText(permissions));
}

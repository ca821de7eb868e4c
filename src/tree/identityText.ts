/** What the row and the tooltip of an identity say. No vscode. */
import type { Identity } from '../api/identities';
import { formatAge, formatDateTime } from '../text/dates';
import { identityStatusLabel, PROTECTED, statusLabel, type StatusLabel } from '../text/state';
import { t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';
import type { IdentityNode } from './nodes';

interface IdentityText {
  readonly icon: string;
  readonly tone: StatusLabel['tone'];
  readonly description: PlainText;
  readonly spoken: PlainText;
}

/**
 * The state first: the end of a narrow row is cut off. Active is the rule and goes without saying. A row has one icon: that of
 * protected stands where the state needs none.
 */
export function identityText({
  identity,
  left,
  isProtected,
}: Pick<IdentityNode, 'identity' | 'left' | 'isProtected'>): IdentityText {
  const { icon, word, tone } = identityStatusLabel(identity);
  const address = plain(identity.emailAddress ?? identity.alias ?? '');
  const lifecycle = identity.lifecycleState ? [plain(identity.lifecycleState.stateName)] : [];
  const states = [...new Set([word, ...(isProtected ? [PROTECTED.word] : []), ...lifecycle])];
  const isUsual = (state: PlainText): boolean =>
    state === word ? tone === 'ok' && identity.identityStatus?.toUpperCase() === 'ACTIVE' : /^active$/i.test(state);
  const unusual = states.filter((state) => !isUsual(state));
  const gone = left ? [t('no longer in this list')] : [];
  return {
    icon: isProtected && tone === 'ok' ? PROTECTED.icon : icon,
    tone: left ? 'off' : tone,
    description: joined([...gone, ...unusual, address], ' · '),
    spoken: joined([plain(identity.name), ...gone, ...states, address], ', '),
  };
}

/** The facts of an identity's tooltip, with their names. */
export function identityFacts(
  { identity, isProtected }: { readonly identity: Identity; readonly isProtected: boolean },
  now = Date.now(),
): (readonly [PlainText, string | null | undefined])[] {
  const { lastRefresh } = identity;
  return [
    [t('Alias'), identity.alias],
    [t('Email'), identity.emailAddress],
    [t('Manager'), identity.managerRef?.name],
    [t('Lifecycle state'), identity.lifecycleState?.stateName],
    [t('Status'), statusLabel(identity.identityStatus).word],
    [t('Processing'), identity.processingState === 'ERROR' ? t('processing error') : undefined],
    [t('Protected'), isProtected ? t('yes') : undefined],
    [t('Last refresh'), lastRefresh && `${formatAge(lastRefresh, now)} (${formatDateTime(lastRefresh)})`],
    [t('ID'), identity.id],
  ];
}

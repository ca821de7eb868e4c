import type { OwnershipAssociation } from '../api/identities';
import { formatList, formatNumber } from './dates';
import { plural, t } from './l10n';
import type { PlainText } from './plain';

/** "owner of 2 roles and 1 source"; empty when nothing is owned for sure. */
export function ownershipText(associations: readonly OwnershipAssociation[]): PlainText | '' {
  if (associations.length === 0) return '';
  const kinds = associations
    .filter(({ entities }) => entities.length > 0)
    .map(({ associationType, entities }) => kindWords(associationType, entities.length));
  // An association whose things cannot be read is one all the same: it is never "nothing".
  if (kinds.length === 0) return t('owner of an object that ISC does not name');
  return t('owner of {0}', formatList(kinds, 'conjunction'));
}

function kindWords(type: string, n: number): PlainText {
  switch (type) {
    case 'ROLE_OWNER':
      return plural(n, { one: () => t('1 role'), other: () => t('{0} roles', formatNumber(n)) });
    case 'ACCESS_PROFILE_OWNER':
      return plural(n, { one: () => t('1 access profile'), other: () => t('{0} access profiles', formatNumber(n)) });
    case 'ENTITLEMENT_OWNER':
      return plural(n, { one: () => t('1 entitlement'), other: () => t('{0} entitlements', formatNumber(n)) });
    case 'SOURCE_OWNER':
      return plural(n, { one: () => t('1 source'), other: () => t('{0} sources', formatNumber(n)) });
    case 'CAMPAIGN_OWNER':
      return plural(n, {
        one: () => t('1 certification campaign'),
        other: () => t('{0} certification campaigns', formatNumber(n)),
      });
    default:
      return plural(n, { one: () => t('1 other object'), other: () => t('{0} other objects', formatNumber(n)) });
  }
}

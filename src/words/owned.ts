import * as vscode from 'vscode';
import type { OwnershipAssociation } from '../api/identities';
import { count } from './dates';
import { t } from './text';
import type { PlainText } from './plain';

/** "owner of 2 roles and 1 source"; empty when nothing is owned. */
export function ownedWords(associations: readonly OwnershipAssociation[]): PlainText | '' {
  const kinds = associations
    .filter(({ entities }) => entities.length > 0)
    .map(({ associationType, entities }) => kindWords(associationType, entities.length));
  if (kinds.length === 0) return '';
  return t('owner of {0}', new Intl.ListFormat(vscode.env.language, { type: 'conjunction' }).format(kinds));
}

function kindWords(type: string, n: number): PlainText {
  switch (type) {
    case 'ROLE_OWNER':
      return n === 1 ? t('1 role') : t('{0} roles', count(n));
    case 'ACCESS_PROFILE_OWNER':
      return n === 1 ? t('1 access profile') : t('{0} access profiles', count(n));
    case 'ENTITLEMENT_OWNER':
      return n === 1 ? t('1 entitlement') : t('{0} entitlements', count(n));
    case 'SOURCE_OWNER':
      return n === 1 ? t('1 source') : t('{0} sources', count(n));
    case 'CAMPAIGN_OWNER':
      return n === 1 ? t('1 certification campaign') : t('{0} certification campaigns', count(n));
    default:
      return n === 1 ? t('1 other object') : t('{0} other objects', count(n));
  }
}

import type { Environment, Tenant } from './tenant';
import { formatTime } from '../text/dates';
import { t } from '../text/l10n';
import type { PlainText } from '../text/plain';

const WORDS: Readonly<Record<Environment, PlainText>> = {
  production: t('production'),
  sandbox: t('sandbox'),
  development: t('development'),
  other: t('other'),
};

/** The environment as rows, titles and panels say it; the demo tenant says that it is one. */
export function environmentText({ environment, kind }: Pick<Tenant, 'environment' | 'kind'>): PlainText {
  return kind === 'demo' ? t('demo') : WORDS[environment];
}

/** Whether changes are let through: "read-only", "unlocked until 14:32", "unlocked"; nothing where that is usual. */
export function accessLabel({ readOnly, unlockedUntil, environment }: Tenant): PlainText | undefined {
  if (readOnly) return t('read-only');
  if (unlockedUntil !== undefined && unlockedUntil < Infinity) {
    return t('unlocked until {0}', formatTime(unlockedUntil));
  }
  return environment === 'production' ? t('unlocked') : undefined;
}

/** The icon that goes with `accessLabel`; undefined where that has no word. */
export function accessIcon(tenant: Tenant): 'lock' | 'unlock' | undefined {
  if (tenant.readOnly) return 'lock';
  return accessLabel(tenant) === undefined ? undefined : 'unlock';
}

/** What stands behind a tenant's name everywhere: "production · read-only". */
export function tenantTexts(tenant: Tenant): readonly PlainText[] {
  const access = accessLabel(tenant);
  return [environmentText(tenant), ...(access === undefined ? [] : [access])];
}

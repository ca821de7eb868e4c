/** A tenant as its file keeps it: reading and writing its text. No vscode. */
import { isObject, readOrField } from '../schema';
import { Unreadable } from '../storage/problem';
import { STORED_TENANT, type StoredTenant } from './tenant';
import { t } from '../text/l10n';

const FORMAT = 1;

export function formatTenant(tenant: StoredTenant): string {
  return JSON.stringify({ format: FORMAT, ...tenant }, null, 2);
}

/**
 * The tenant in a file's JSON. Fields this version does not know are left out.
 *
 * @throws Unreadable for a newer format and for anything that is no tenant; the message quotes nothing
 */
export function parseTenant(json: unknown): StoredTenant {
  if (!isObject(json)) throw new Unreadable(t('it does not contain a tenant'));
  const { format } = json;
  if (typeof format === 'number' && format > FORMAT)
    throw new Unreadable(t('it was written by a newer version of this extension'));
  if (format !== FORMAT) throw new Unreadable(t('its format is unknown'));
  const found = readOrField(STORED_TENANT, json);
  if ('wrong' in found) throw new Unreadable(t('its field "{0}" is missing or invalid', found.wrong));
  return found.output;
}

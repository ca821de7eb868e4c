/** A tenant as its file keeps it: reading and writing its text. No vscode. */
import { API_VERSIONS } from '../api/versions';
import { Unreadable } from '../storage/problem';
import { isRecord, isString, isUuid } from '../storage/shape';
import { ENVIRONMENTS, isLoopback, type Tenant } from './tenant';

const FORMAT = 1;

export interface StoredTenant extends Omit<Tenant, 'unlockedUntil'> {
  /** Where it stands in the list. */
  readonly order: number;
}

export function formatTenant(tenant: StoredTenant): string {
  return JSON.stringify({ format: FORMAT, ...tenant }, null, 2);
}

/**
 * The tenant in a file's JSON. Fields this version does not know are left out.
 *
 * @throws Unreadable for a newer format and for anything that is no tenant; the message quotes nothing
 */
export function parseTenant(json: unknown): StoredTenant {
  if (!isRecord(json)) throw new Unreadable('it holds no tenant');
  const { format, id, name, baseUrl, version, environment, readOnly, kind, auth, order } = json;
  if (typeof format === 'number' && format > FORMAT) throw new Unreadable('a newer version of this extension wrote it');
  if (format !== FORMAT) throw new Unreadable('it has an unknown form');
  if (!isUuid(id)) throw wrong('id');
  if (!isString(name)) throw wrong('name');
  if (kind !== 'isc' && kind !== 'demo') throw wrong('kind');
  // The demo tenant's address is new at every start.
  if (!isString(baseUrl) || !(kind === 'demo' || isOrigin(baseUrl))) throw wrong('baseUrl');
  const knownVersion = API_VERSIONS.find((known) => known === version);
  if (knownVersion === undefined) throw wrong('version');
  const knownEnvironment = ENVIRONMENTS.find((known) => known === environment);
  if (knownEnvironment === undefined) throw wrong('environment');
  if (typeof readOnly !== 'boolean') throw wrong('readOnly');
  if (auth !== 'pat' && auth !== 'token') throw wrong('auth');
  if (typeof order !== 'number' || !Number.isFinite(order)) throw wrong('order');
  return { id, name, baseUrl, version: knownVersion, environment: knownEnvironment, readOnly, kind, auth, order };
}

function wrong(field: keyof StoredTenant): Unreadable {
  return new Unreadable(`its field "${field}" is missing or wrong`);
}

/** Where credentials may go: an origin of https, or of this machine. */
function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

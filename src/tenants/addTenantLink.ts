import { apiAddress } from './addresses';

const MOST_NAME = 100;

/** What a deep link may ask for: a tenant to add, by host and name. */
export interface AddTenantLink {
  readonly host: string;
  /** Where the credentials would be sent. */
  readonly baseUrl: string;
  readonly name: string;
}

/**
 * Reads `vscode://<extension id>/add-tenant?host=acme&name=Acme`.
 *
 * @returns undefined for anything else: another path, a host that is none, or any further parameter, as it may be a secret.
 */
export function parseLink(path: string, query: string): AddTenantLink | undefined {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  const unknown = names.some((key) => key !== 'host' && key !== 'name') || new Set(names).size < names.length;
  const host = parameters.get('host') ?? '';
  const address = apiAddress(host);
  if (path !== '/add-tenant' || unknown || 'problem' in address) return undefined;
  const name = parameters.get('name')?.trim() || address.name;
  return name.length > MOST_NAME ? undefined : { host, baseUrl: address.baseUrl, name };
}

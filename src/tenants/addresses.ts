/** Addresses of a tenant: what a person enters, its API, its web console. */
import { isLoopback, parseUrl } from './tenant';

/** Why an entered host cannot be used; the commands word it. */
export type HostProblem = 'empty' | 'notHttps' | 'notAHost' | 'noTenant' | 'hasCredentials';

export type HostResult =
  | {
      readonly baseUrl: string;
      readonly name: string;
      /** False for a host of a domain that is not the service's own: it may be a vanity host. */
      readonly known: boolean;
    }
  | { readonly problem: HostProblem; readonly detail?: string };

const DEFAULT_DOMAIN = 'identitynow.com';

/** UI domain -> API domain of the hosts the service is known to have (contract 4, Hosts). */
const DOMAINS: Readonly<Record<string, string>> = {
  'identitynow.com': 'api.identitynow.com',
  'identitynow-demo.com': 'api.identitynow-demo.com',
  'saas.sailpointfedramp.com': 'api.saas.sailpointfedramp.com',
  'identitysoon.com': 'api.cloud.sailpoint.com',
  'login.sailpoint.com': 'api.identitynow.com',
};

/**
 * The API address for what a person types or pastes: `acme`, `acme.identitynow-demo.com`, an address copied from the
 * admin console, or the API URL itself (contract 4, Hosts). Only https, except on loopback. A host of another domain is taken
 * as it is: what a vanity host stands for cannot be derived, its info page says it.
 *
 * @returns the origin (no path, no trailing slash) and a name to suggest; or why it cannot be one.
 */
export function apiAddress(input: string): HostResult {
  const typed = input.trim();
  if (!typed) return { problem: 'empty' };
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || /\s/.test(typed)) return { problem: 'notAHost', detail: typed };
  if (url.username || url.password) return { problem: 'hasCredentials' };
  if (isLoopback(url.hostname)) {
    // A loopback address without a scheme means a demo tenant, which speaks http.
    const scheme = /^https:/i.test(typed) ? 'https:' : 'http:';
    return { baseUrl: `${scheme}//${url.host}`, name: url.host, known: true };
  }
  if (url.protocol !== 'https:') return { problem: 'notHttps', detail: url.protocol.replace(':', '') };
  const labels = url.hostname.split('.');
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(label)) || /^[\d.]+$/.test(url.hostname)) {
    return { problem: 'notAHost', detail: typed };
  }
  // The domain alone: which tenant of it is not said.
  const hostname = url.hostname.toLowerCase();
  if (Object.hasOwn(DOMAINS, hostname) || Object.values(DOMAINS).includes(hostname)) {
    return { problem: 'noTenant', detail: hostname };
  }
  const [name = '', ...rest] = labels;
  const domain = rest.join('.') || DEFAULT_DOMAIN;
  const apiDomain = DOMAINS[domain] ?? (Object.values(DOMAINS).includes(domain) ? domain : undefined);
  const port = url.port && `:${url.port}`;
  return apiDomain === undefined
    ? { baseUrl: `https://${url.hostname}${port}`, name, known: false }
    : { baseUrl: `https://${name}.${apiDomain}${port}`, name, known: true };
}

/**
 * The origin of a token endpoint that a host's info page names.
 *
 * @returns undefined unless it is https (or http on this machine, for a host on this machine).
 */
export function endpointOrigin(tokenEndpoint: string | undefined, asked: string): string | undefined {
  const url = tokenEndpoint === undefined ? undefined : parseUrl(tokenEndpoint);
  if (!url || url.username || url.password) return undefined;
  const local = isLoopback(url.hostname) && isLoopback(new URL(asked).hostname);
  return url.protocol === 'https:' || local ? url.origin : undefined;
}

/** The web console of an API address whose domain is known; undefined for any other, as for a vanity host. */
export function consoleOrigin(baseUrl: string): string | undefined {
  const { hostname } = new URL(baseUrl);
  const dot = hostname.indexOf('.');
  const domain = Object.entries(DOMAINS).find(([, api]) => api === hostname.slice(dot + 1))?.[0];
  return domain === undefined ? undefined : `https://${hostname.slice(0, dot)}.${domain}`;
}

/** Where ISC's own documentation tells how to get a personal access token. */
const TOKEN_HELP = 'https://documentation.sailpoint.com/saas/help/common/generate_tokens.html';

/** Where a personal access token is made: the tenant's own page where its console is known, else what ISC's documentation says. */
export function tokenPage(baseUrl: string): string {
  const console = consoleOrigin(baseUrl);
  return console === undefined ? TOKEN_HELP : `${console}/ui/d/user-preferences/personal-access-tokens`;
}

/** The web console that a host's info page names. @returns undefined unless it is https and elsewhere than on this machine. */
export function consoleFromInfo(cloudDomainUrl: string | undefined): string | undefined {
  const url = cloudDomainUrl === undefined ? undefined : parseUrl(cloudDomainUrl);
  if (!url || url.protocol !== 'https:' || url.username || url.password || isLoopback(url.hostname)) return undefined;
  return url.origin;
}

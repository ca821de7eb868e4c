import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { unauthorized, type Answer } from './responses';
import { idFrom } from '../data/random';

/** What a credential of the demo tenant may do. */
export interface Grant {
  /** Default `sp:scopes:all`. */
  readonly scopes?: readonly string[];
  /** User levels; default `ORG_ADMIN`. */
  readonly authorities?: readonly string[];
  /** True (default) for a personal access token, false for an API client without a user. */
  readonly userContext?: boolean;
  /** Seconds; default the tenant's. */
  readonly expiresIn?: number;
}

export interface IssuedCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The caller a token stands for. */
export interface Caller {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly authorities: readonly string[];
  readonly userContext: boolean;
}

/** Who may call the demo tenant: its credentials and the tokens they are exchanged for. */
export interface Auth {
  issue(grant?: Grant): IssuedCredentials;
  /** A token without the exchange, as if pasted by a person. */
  accessToken(grant?: Grant): string;
  /** Every token given out so far is refused from now on. */
  revokeTokens(): void;
  /** The credential and every token of it are refused from now on, as when a person deletes a PAT. */
  revokeCredentials(clientId: string): void;
  /** Answers the token endpoint. */
  exchange(form: ReadonlyMap<string, string>): Answer;
  /** Throws the service's 401. */
  caller(authorization: string | undefined): Caller;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Another form of the names that nobody but this tenant reads. */
function pack(scopes: readonly string[]): string {
  return Buffer.from(scopes.join(' ')).toString('base64');
}

function unpack(scope: string): string[] {
  return scope.includes(':') ? [scope] : Buffer.from(scope, 'base64').toString().split(' ');
}

function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

export function createAuth(options: {
  seed: number;
  expiresIn: number;
  now: () => number;
  /** What the `scope` claim of a token holds: `packed`, as the service's may, or names. */
  scopeClaim: () => 'packed' | 'names';
}): Auth {
  const { seed, now } = options;
  const key = randomBytes(32);
  const credentials = new Map<string, { secret: string; grant: Grant }>();
  const revoked = new Set<string>();
  let generation = 0;

  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');

  const tokenBody = (clientId: string, grant: Grant): Record<string, unknown> => {
    const user = grant.userContext ?? true;
    const expiresIn = grant.expiresIn ?? options.expiresIn;
    const scope = grant.scopes ?? ['sp:scopes:all'];
    const jti = randomBytes(16).toString('base64url');
    const who = user ? { user_id: '1180042', identity_id: idFrom(seed, 'operator', 0) } : {};
    const shared = { tenant_id: idFrom(seed, 'tenant', 0), internal: false, pod: 'demo', org: 'demo' };
    const strong = { strong_auth: true, strong_auth_supported: true };
    const claims = {
      ...shared,
      ...who,
      ...(user && { user_name: 'demo.operator' }),
      ...strong,
      authorities: grant.authorities ?? (user ? ['ORG_ADMIN'] : ['API']),
      client_id: clientId,
      scope: options.scopeClaim() === 'packed' ? [pack(scope)] : scope,
      exp: Math.floor(now() / 1000) + expiresIn,
      exp_ms: now() + expiresIn * 1000,
      generation,
      jti,
    };
    const unsigned = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
    return {
      access_token: `${unsigned}.${sign(unsigned)}`,
      token_type: 'bearer',
      expires_in: expiresIn,
      scope: scope.join(' '),
      accessType: 'OFFLINE',
      ...shared,
      ...who,
      ...strong,
      enabled: true,
      jti,
    };
  };

  return {
    issue(grant = {}) {
      const clientId = randomUUID();
      const secret = randomBytes(32).toString('hex');
      credentials.set(clientId, { secret, grant });
      return { clientId, clientSecret: secret };
    },
    accessToken: (grant = {}) => String(tokenBody(randomUUID(), grant)['access_token']),
    revokeTokens() {
      generation++;
    },
    revokeCredentials(clientId) {
      credentials.delete(clientId);
      revoked.add(clientId);
    },
    exchange(form) {
      const grantType = form.get('grant_type');
      const clientId = form.get('client_id');
      if (grantType === undefined || clientId === undefined) {
        return oauthError(400, 'invalid_request', 'grant_type and client_id are required');
      }
      if (grantType !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
      }
      const known = credentials.get(clientId);
      if (!known || known.secret !== form.get('client_secret')) {
        return oauthError(401, 'invalid_client', 'Bad client credentials');
      }
      return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: tokenBody(clientId, known.grant) };
    },
    caller(authorization) {
      const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw unauthorized('JWT is missing');
      const [header, payload, signature] = token.split('.');
      const expected = Buffer.from(sign(`${header ?? ''}.${payload ?? ''}`));
      const given = Buffer.from(signature ?? '');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unauthorized('JWT is not valid');
      const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as {
        client_id: string;
        scope: string[];
        authorities: string[];
        user_id?: string;
        exp_ms: number;
        generation: number;
      };
      if (revoked.has(claims.client_id)) throw unauthorized('JWT is revoked');
      if (claims.exp_ms <= now() || claims.generation !== generation) throw unauthorized('JWT is expired');
      return {
        clientId: claims.client_id,
        scopes: claims.scope.flatMap(unpack),
        authorities: claims.authorities,
        userContext: claims.user_id !== undefined,
      };
    },
  };
}

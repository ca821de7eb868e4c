import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Response } from 'node-fetch';
import type { Client, ClientOptions } from '../../../src/api/client';
import { createClient } from '../../../src/api/client';
import type { Operation, OperationName } from '../../../src/api/operations';
import { OPERATIONS } from '../../../src/api/operations';
import { createRateLimits } from '../../../src/api/rateLimit';
import type { ApiVersion } from '../../../src/api/versions';
import { API_VERSIONS } from '../../../src/api/versions';

/** The published OpenAPI documents; not part of the project, so a clone may lie somewhere without them. */
const DOCUMENTS = resolve('../shared/spec');

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, unknown>> };
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-sailpoint-userLevels'?: readonly string[];
}

interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const ID = '2c9180867b2a34e0017b3078d60b0699';

/** Every operation with every optional parameter that the client offers. */
const VARIANTS: Readonly<Record<OperationName, readonly ((client: Client) => Promise<unknown>)[]>> = {
  listIdentities: [
    (client) => client.identities.list(),
    (client) =>
      client.identities.list({
        filters: 'name sw "a" and correlated eq false',
        sorters: '-name,alias',
        defaultFilter: 'NONE',
        count: true,
        limit: 1,
        offset: 12_345,
      }),
    (client) => client.identities.list({ defaultFilter: 'CORRELATED_ONLY', limit: 250 }),
    (client) => client.identities.listAll({ count: true })[Symbol.asyncIterator]().next(),
  ],
  getIdentity: [(client) => client.identities.get(ID)],
  deleteIdentity: [(client) => client.identities.delete(ID)],
  getIdentityOwnershipDetails: [(client) => client.identities.ownership(ID)],
  getRoleAssignments: [
    (client) => client.roleAssignments.list(ID),
    (client) => client.roleAssignments.listDetailed(ID, { roleId: ID }),
    (client) => client.roleAssignments.listDetailed(ID, { roleName: 'R&D + more' }),
  ],
  getRoleAssignment: [(client) => client.roleAssignments.get(ID, ID)],
  resetIdentity: [(client) => client.identities.reset(ID)],
  sendIdentityVerificationAccountToken: (
    ['EMAIL_WORK', 'EMAIL_PERSONAL', 'LINK_WORK', 'LINK_PERSONAL'] as const
  ).flatMap((via) => [
    (client: Client) => client.identities.sendVerification(ID, { via }),
    (client: Client) => client.identities.sendVerification(ID, { via, sourceName: 'Active Directory' }),
    (client: Client) => client.identities.sendVerification(ID, { via, sourceName: null }),
  ]),
  startIdentitiesInvite: [
    (client) => client.identities.invite([ID]),
    (client) => client.identities.inviteAllUnregistered(),
  ],
  startIdentityProcessing: [
    (client) => client.identities.process([ID]),
    (client) => client.identities.process(Array.from({ length: 600 }, (_, n) => `${ID}${n}`)),
  ],
  synchronizeAttributesForIdentity: [(client) => client.identities.synchronize(ID)],
  listEntitlementsByIdentity: [
    (client) => client.entitlements.list(ID),
    (client) => client.entitlements.list(ID, { limit: 10, offset: 20, count: true }),
  ],
  listAccounts: [
    (client) => client.accounts.list(ID),
    (client) => client.accounts.list('a "quoted" id', { limit: 10, offset: 20, count: true }),
  ],
  listAccountActivities: [
    (client) => client.accountActivities.list(ID),
    (client) =>
      client.accountActivities.list('R&D + more', { sorters: '-created', limit: 50, offset: 20, count: true }),
  ],
  getTaskStatus: [(client) => client.tasks.get('464ae7bf-791e-49fd-b746-06a2e4a89635')],
  getTaskStatusList: [
    (client) => client.tasks.list(),
    (client) =>
      client.tasks.list({ filters: 'type eq "QUARTZ"', sorters: '-created', limit: 10, offset: 20, count: true }),
  ],
  searchPost: [
    (client) => client.search.identities('name:a*'),
    (client) =>
      client.search.identities('*', {
        limit: 10_000,
        count: true,
        sort: ['-name', 'id'],
        searchAfter: ['Adams', ID],
        includeNested: false,
      }),
    (client) => client.search.all('*')[Symbol.asyncIterator]().next(),
  ],
  searchCount: [(client) => client.search.count('*')],
  searchAggregate: [(client) => client.search.aggregate('name:a*', 'attributes.department.exact', 50)],
  listIdentityAttributes: [(client) => client.identityAttributes.list()],
  getLifecycleStates: [(client) => client.lifecycleStates.list(ID)],
  getRole: [(client) => client.roles.get(ID)],
  getOAuthInfo: [(client) => client.oauth.info()],
};

/** What the published documents do not have an entry for: the pages outside the versions. */
const UNDOCUMENTED: readonly OperationName[] = ['getOAuthInfo'];
const NAMES = (Object.keys(OPERATIONS) as OperationName[]).filter((name) => !UNDOCUMENTED.includes(name));
const CHECKS = API_VERSIONS.flatMap((version) =>
  NAMES.flatMap((name) => VARIANTS[name].map((variant, n) => ({ version, name, variant, n }))),
);

/** The requests a call makes; whatever it asks, the answer is an empty list. */
async function sentBy(version: ApiVersion, variant: (client: Client) => Promise<unknown>): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const fetch: ClientOptions['fetch'] = (url, init) => {
    sent.push({
      method: init?.method ?? 'GET',
      url: new URL(url instanceof URL ? url.href : (url as string)),
      headers: Object.fromEntries(
        Object.entries(init?.headers as Record<string, string>).map(([key, value]) => [key.toLowerCase(), value]),
      ),
      body: typeof init?.body === 'string' ? init.body : undefined,
    });
    const body = init?.method === 'POST' ? '{"id":"1","name":"null"}' : '[]';
    return Promise.resolve(new Response(body, { status: 200, headers: { 'X-Total-Count': '0' } }));
  };
  const client = createClient({
    baseUrl: 'https://acme.api.identitynow.com',
    version,
    credentials: { kind: 'token', accessToken: 'a-token' },
    rateLimits: createRateLimits({ ceiling: 1_000 }),
    fetch,
  });
  // An empty list is no identity and no search result: only what was sent matters here.
  await variant(client).catch(() => undefined);
  return sent;
}

describe('contract: requests', () => {
  if (!existsSync(DOCUMENTS)) {
    const notice = `contract documents not found: ${CHECKS.length + API_VERSIONS.length * NAMES.length} checks not run`;
    it(notice, () => {
      console.log(`    ${notice}`);
    });
    return;
  }

  const ajv = new Ajv({ strict: false, logger: false });
  addFormats(ajv);
  const documents = Object.fromEntries(
    API_VERSIONS.map((version) => {
      const document = JSON.parse(readFileSync(resolve(DOCUMENTS, `isc-${version}.json`), 'utf8')) as ContractDocument;
      ajv.addSchema(document, version);
      return [version, document];
    }),
  ) as Record<ApiVersion, ContractDocument>;

  const pointer = (version: ApiVersion, ...keys: readonly (string | number)[]) =>
    `${version}#/${keys.map((key) => encodeURIComponent(String(key).replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;

  /** The documented operation a request reaches: literal paths before templates. */
  const find = (version: ApiVersion, method: string, pathname: string) => {
    const path = version === 'v1' ? pathname : pathname.replace(`/${version}`, '');
    const matching = Object.keys(documents[version].paths).filter((template) => {
      const pattern = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${pattern.join('[^/]+')}$`).test(path);
    });
    const [template] = matching.sort((a, b) => a.split('{').length - b.split('{').length);
    const operation = template === undefined ? undefined : documents[version].paths[template]?.[method.toLowerCase()];
    return template === undefined || operation === undefined ? undefined : { template, operation, path };
  };

  const parameterOf = (version: ApiVersion, given: Parameter, at: string) => {
    const name = given.$ref?.split('/').at(-1);
    return name === undefined
      ? { parameter: given, schema: `${at}/schema` }
      : {
          parameter: documents[version].components.parameters[name] ?? given,
          schema: pointer(version, 'components', 'parameters', name, 'schema'),
        };
  };

  const assertValid = (schema: string, value: unknown, what: string) => {
    const validate = ajv.compile({ $ref: schema });
    assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
  };

  const typed = (text: string, { schema }: Parameter): unknown =>
    ['integer', 'number', 'boolean'].includes(schema.type ?? '') ? JSON.parse(text) : text;

  for (const { version, name, variant, n } of CHECKS) {
    it(`${version} ${name} ${n + 1}`, async () => {
      const requests = await sentBy(version, variant);
      assert.ok(requests.length > 0);
      const asked = OPERATIONS[name].endpoint[version].version;
      for (const { method, url, headers, body } of requests) {
        const found = find(asked, method, url.pathname);
        assert.ok(found, `${method} ${url.pathname} is not documented`);
        const { template, operation, path } = found;
        assert.equal(operation.operationId.replace(/V1$/, ''), name);

        const query = new Map([...url.search.slice(1).split('&')].filter(Boolean).map((pair) => pairOf(pair)));
        const parameters = (operation.parameters ?? []).map((given, index) =>
          parameterOf(asked, given, pointer(asked, 'paths', template, method.toLowerCase(), 'parameters', index)),
        );
        for (const { parameter, schema } of parameters) {
          if (parameter.in === 'query') {
            const value = query.get(parameter.name);
            assert.ok(value !== undefined || parameter.required !== true, `${parameter.name} is missing`);
            if (value !== undefined) assertValid(schema, typed(value, parameter), parameter.name);
            query.delete(parameter.name);
          } else if (parameter.in === 'header') {
            const value = headers[parameter.name.toLowerCase()];
            assert.ok(value !== undefined || parameter.required !== true, `${parameter.name} is missing`);
            if (value !== undefined) assertValid(schema, value, parameter.name);
          } else {
            const position = template.split('/').indexOf(`{${parameter.name}}`);
            assertValid(schema, decodeURIComponent(path.split('/')[position] ?? ''), parameter.name);
          }
        }
        assert.deepEqual([...query.keys()], [], 'not documented');

        if (operation.requestBody === undefined) {
          assert.equal(body, undefined);
        } else {
          assert.ok(body !== undefined || operation.requestBody.required !== true, 'the body is missing');
          assert.equal(headers['content-type'], 'application/json');
          const at = pointer(asked, 'paths', template, 'post', 'requestBody', 'content', 'application/json', 'schema');
          assertValid(at, JSON.parse(body ?? 'null'), 'body');
        }
        assert.equal(headers['authorization'], 'Bearer a-token');
        assert.equal(headers['x-sailpoint-experimental'], asked === 'beta' ? undefined : 'true');
      }
    });
  }

  for (const version of API_VERSIONS) {
    for (const name of NAMES) {
      it(`${version} ${name}: the table says what the document says`, () => {
        const row: Operation = OPERATIONS[name];
        const { version: asked, path } = row.endpoint[version];
        const found = find(asked, row.method, path.replace(/\{\w+\}/g, 'x'));
        assert.ok(found);
        const { operation } = found;
        const header = (operation.parameters ?? []).some(
          (parameter) => parameter.name === 'X-SailPoint-Experimental' && parameter.required === true,
        );
        if (asked !== 'beta') assert.equal(row.experimental, header);
        const schemes = Object.assign({}, ...(operation.security ?? [])) as Record<string, readonly string[]>;
        if (operation.security !== undefined) {
          assert.deepEqual([...row.scopes[version]].sort(), [...(schemes['userAuth'] ?? [])].sort());
          assert.equal(row.withoutUser[version], schemes['applicationAuth'] !== undefined);
        }
        const levels = operation['x-sailpoint-userLevels'] ?? [];
        if (levels.length > 0 && !levels.includes('Any'))
          assert.deepEqual([...row.userLevels].sort(), [...levels].sort());
      });
    }
  }
});

function pairOf(pair: string): readonly [string, string] {
  const [name = '', value = ''] = pair.split('=');
  assert.ok(!value.includes('+'), 'a plus is read literally by the service');
  return [name, decodeURIComponent(value)];
}

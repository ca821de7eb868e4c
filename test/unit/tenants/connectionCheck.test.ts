import { ACTION_IDS, actionOf } from '../../../src/actions/catalog';
import type { OperationName } from '../../../src/api/operations';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { createClient } from '../../../src/api/client';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { fetchConnectionReport } from '../../../src/tenants/connectionCheck';

const WRITES = ACTION_IDS.map((id) => actionOf(id).operation);

describe('check connection', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 50 });
  });
  after(() => demo.close());

  async function check(grant: Parameters<DemoTenant['issue']>[0], version: 'v2024' | 'beta' | 'v1' = 'v2024') {
    const client = createClient({
      baseUrl: demo.baseUrl,
      version,
      credentials: { kind: 'pat', ...demo.issue(grant) },
      readOnly: true,
    });
    const report = await fetchConnectionReport(client, WRITES);
    const verdict = (operation: OperationName) => report.operations.find((each) => each.operation === operation);
    return { report, verdict };
  }

  for (const version of ['v2024', 'beta', 'v1'] as const) {
    it(`allows everything to an administrator in ${version}, and sends no write`, async () => {
      const from = demo.requests.list.length;
      const { report } = await check({}, version);
      assert.equal(report.info.ok, true);
      assert.equal(report.operations.length, 12);
      assert.deepEqual(
        report.operations.filter(({ verdict }) => verdict !== 'allowed'),
        [],
      );
      const sent = demo.requests.list.slice(from).map(({ method, path }) => `${method} ${path}`);
      assert.deepEqual(
        sent.filter((request) => !request.startsWith('GET ') && !request.endsWith('/oauth/token')),
        [],
      );
    });
  }

  it('names what a reader lacks', async () => {
    const { verdict } = await check({ scopes: ['idn:identity:read'], authorities: ['HELPDESK'] });
    assert.equal(verdict('listIdentities')?.verdict, 'allowed');
    assert.equal(verdict('listIdentities')?.by, 'tried');
    assert.equal(verdict('listAccountActivities')?.verdict, 'notAllowed');
    assert.equal(verdict('listAccountActivities')?.by, 'tried');
    assert.deepEqual(verdict('listAccountActivities')?.permissions.scopes, ['sp:scopes:all']);
    assert.equal(verdict('deleteIdentity')?.verdict, 'notAllowed');
    assert.deepEqual(verdict('deleteIdentity')?.permissions.scopes, ['idn:identity:manage']);
    assert.equal(verdict('synchronizeAttributesForIdentity')?.verdict, 'notAllowed');
    assert.deepEqual(verdict('synchronizeAttributesForIdentity')?.permissions.userLevels, ['ORG_ADMIN']);
  });

  it('says that a token of a client without a user may not read', async () => {
    const { verdict } = await check({ userContext: false });
    assert.equal(verdict('listIdentities')?.verdict, 'notAllowed');
    assert.equal(verdict('deleteIdentity')?.verdict, 'allowed');
  });

  it('leaves open what the default scope does not tell', async () => {
    const { verdict } = await check({ scopes: ['sp:scopes:default'], authorities: ['ORG_ADMIN'] });
    assert.equal(verdict('deleteIdentity')?.verdict, 'unknown');
  });

  it('reports refused credentials instead of failing', async () => {
    const client = createClient({
      baseUrl: demo.baseUrl,
      version: 'v2024',
      credentials: { kind: 'pat', clientId: 'nobody', clientSecret: 'wrong' },
    });
    const report = await fetchConnectionReport(client, WRITES);
    assert.equal(report.info.ok, true);
    assert.equal(report.claims.ok, false);
    assert.ok(report.operations.every(({ verdict }) => verdict === 'unknown'));
  });
});

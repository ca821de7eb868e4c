import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { FEATURED } from '../../src/demo/data/showcasePeople';
import type { LoggedOperation } from '../../src/demo/http/requestLog';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';
import { waitUntil } from '../waitUntil';

const TENANTS = [
  { name: 'Acme', version: 'beta' },
  { name: 'Globex', version: 'v1' },
] as const;

/** What v2024 is tested with elsewhere, in the other versions: paths, headers and permissions differ there. */
describe('acting on one person in beta and v1', () => {
  let vs: Session;
  const tenants: DemoTenant[] = [];

  before(async () => {
    const demo = () => startDemo({ identities: 100, taskDurationMs: 200 });
    const [session, ...started] = await Promise.all([launch(), demo(), demo()]);
    vs = session;
    tenants.push(...started);
    await vs.openView();
  });
  after(async () => {
    await vs?.dispose();
    await Promise.all(tenants.map((tenant) => tenant.close()));
  });

  TENANTS.forEach((connecting, n) => {
    const { name: tenantName, version } = connecting;
    const index = (name: string) => FEATURED.findIndex(({ first, last }) => `${first} ${last}` === name);
    const tenant = (): DemoTenant => {
      const found = tenants[n];
      assert.ok(found);
      return found;
    };

    /** That this write, and no other, reached the tenant since the last look: once, in this version, and was accepted. */
    function assertSentOnce(operation: LoggedOperation): void {
      const { requests } = tenant();
      const writes = requests.list.filter((sent) => sent.method !== 'GET' && !READS.has(sent.operation));
      assert.deepEqual(
        writes.map((sent) => [sent.operation, sent.version, sent.status && sent.status < 300]),
        [[operation, version, true]],
      );
      requests.clear();
    }

    it(`connects a tenant in ${version} and unlocks it`, async () => {
      await connect(vs, tenant(), connecting);
      await unlock(vs, connecting);
      await vs.expand(vs.row(tenantName));
      await vs.expand(vs.row('All identities'));
      await vs.row('Abigail Thornquist').waitFor();
      // The rows are drawn once more with their number: a menu that is opened in between has no row.
      await vs.row('All identities').filter({ hasText: '100' }).waitFor();
      tenant().requests.clear();
    });

    it(`synchronizes the attributes of a person in ${version}`, async () => {
      const name = 'Abigail Thornquist';
      await vs.contextMenu(vs.row(name), 'Synchronize attributes');
      await vs.statusBar(`Attribute synchronization of ${name} accepted by ${tenantName}`);
      assert.ok(tenant().world.change(index(name)).lastSync);
      assertSentOnce('synchronizeAttributesForIdentity');
    });

    it(`processes a person in ${version}`, async () => {
      const name = 'Aaliyah Bennett-Cole';
      assert.ok(tenant().world.processingError(index(name)));
      await vs.contextMenu(vs.row(name), 'Process...');
      assert.ok((await vs.modal(`Process ${name}`)).includes(`Process ${name} in ${tenantName}?`));
      await vs.statusBar(`Processing of ${name} started in ${tenantName}`);
      // The row says what runs meanwhile; what the tenant did is the truth.
      await waitUntil(() => !tenant().world.processingError(index(name)), 'the person is processed', { everyMs: 50 });
      await vs
        .row(name)
        .filter({ hasNotText: /processing/ })
        .waitFor();
      assertSentOnce('startIdentityProcessing');
    });

    it(`invites a person in ${version}`, async () => {
      const name = 'Aada Koskivaara';
      await vs.contextMenu(vs.row(name), 'Invite...');
      const said = await vs.modal('Send invitation');
      assert.ok(said.includes(`Invite ${name} in ${tenantName}?`), said);
      assert.ok(said.includes(`1 email is sent to ${tenant().world.people.email(index(name)) ?? '?'} `), said);
      await vs.statusBar(`Invitation of ${name}`);
      await vs.row(name).filter({ hasText: 'pending' }).waitFor();
      assert.equal(tenant().world.change(index(name)).mails, 1);
      assertSentOnce('startIdentitiesInvite');
    });

    it(`sends a password-reset mail in ${version}`, async () => {
      const name = 'Abel Marchetto';
      await vs.contextMenu(vs.row(name), 'Send password reset email...');
      await vs.pick('Email to the work address');
      const said = await vs.modal('Send email');
      assert.ok(said.includes(`work email (${tenant().world.people.email(index(name)) ?? '?'})`), said);
      await vs.statusBar(`Password reset email to ${name} sent`);
      assert.equal(tenant().world.change(index(name)).mails, 1);
      assertSentOnce('sendIdentityVerificationAccountToken');
    });

    it(`resets a person in ${version}`, async () => {
      const name = 'Aeryn Maplewood';
      await vs.contextMenu(vs.row(name), 'Reset...');
      const said = await vs.modal(`Reset ${name}`);
      assert.ok(said.includes(`Reset ${name} in ${tenantName}?`) && said.includes('This cannot be undone.'), said);
      await vs.statusBar(`Reset of ${name} accepted by ${tenantName}`);
      assert.equal(tenant().world.status(index(name)), 'UNREGISTERED');
      assertSentOnce('resetIdentity');
    });

    it(`deletes a person in ${version}`, async () => {
      const name = 'Aeryn Maplewood';
      await vs.contextMenu(vs.row(name), 'Delete...');
      const said = await vs.modal(`Delete ${name}`);
      assert.ok(said.includes(`Delete ${name} from ${tenantName}?`), said);
      assert.ok(said.includes('owns nothing that blocks deletion (checked just now)'), said);
      await vs.statusBar(`${name} deleted from ${tenantName}`);
      await vs.row(name).waitFor({ state: 'detached' });
      assert.equal(tenant().world.exists(index(name)), false);
      assertSentOnce('deleteIdentity');
      // The next tenant has people of the same names.
      await vs.collapse(vs.row(tenantName));
    });
  });
});

/** What is no GET and changes nothing all the same. */
const READS: ReadonlySet<LoggedOperation> = new Set(['token', 'searchPost', 'searchCount']);

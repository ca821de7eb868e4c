import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { readOnlyText } from '../readOnly';
import { DISMISS } from '../scriptedUi';
import type { Stage } from '../stage';

/** How many people the tenant would invite, asked of the tenant itself. */
async function unregistered(s: Stage): Promise<number> {
  const client = await s.deps.clients.for(s.acme.id);
  const { total = 0 } = await client.identities.list({
    filters: 'cloudStatus eq "UNREGISTERED"',
    limit: 1,
    count: true,
  });
  return total;
}

describeCommand(COMMANDS.inviteAll, () => {
  const s = useStage();

  async function questions() {
    const n = String(await unregistered(s()));
    return {
      n,
      question: `Invite all ${n} unregistered identities in Acme (sandbox)?`,
      button: `Send ${n} invitations`,
      typed: `${n} emails are sent. To confirm, type the number: ${n}`,
    };
  }

  it('counts them, says so, has the number typed, and sends one request', async () => {
    const { n, question, button, typed } = await questions();
    s().ui.on(question, button).on(typed, n);
    await s().run(COMMANDS.inviteAll, s().tenantRow());
    assert.match(s().ui.asked[0]?.detail ?? '', /^Each identity is sent an email at the work address/);
    assert.equal(s().ui.askedAbout(typed)?.detail, 'Invite all unregistered identities in Acme');
    assert.equal(s().sent('startIdentitiesInvite'), 1);
    assert.equal(s().writes(), 1);
    assert.deepEqual(s().ui.said, [
      '$(check) Invitation of all unregistered identities started in Acme; tracked in Tasks',
    ]);
    assert.equal(s().tasks.all()[0]?.everybody, true);
  });

  it('sends nothing when the question is dismissed', async () => {
    const { question } = await questions();
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.inviteAll, s().tenantRow());
    assert.equal(s().writes(), 0);
  });

  for (const wrong of ['', '0', 'all', 'Acme']) {
    it(`sends nothing when "${wrong}" is typed for the number`, async () => {
      const { n, question, button, typed } = await questions();
      s().ui.on(question, button).on(typed, wrong, DISMISS);
      await s().run(COMMANDS.inviteAll, s().tenantRow());
      assert.equal(s().writes(), 0);
      assert.deepEqual(s().ui.refusals, [`Type ${n}`]);
    });
  }

  it('is refused by a read-only tenant before anybody is counted', async () => {
    s().store.lock(s().acme.id);
    s().ui.on(readOnlyText('Could not invite all unregistered identities in Acme'));
    await s().run(COMMANDS.inviteAll, s().tenantRow());
    assert.equal(s().demo.requests.count(), 0);
  });

  it('asks for the tenant when there are several and none is named', async () => {
    s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on('Which tenant?', DISMISS);
    await s().run(COMMANDS.inviteAll);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('is not about another tenant when the one of a row was removed', async () => {
    const row = s().tenantRow();
    s().store.put({ ...s().acme, name: 'Other' });
    await s().store.remove(s().acme.id);
    s().ui.on('Nothing was done: the tenant is no longer connected.');
    await s().run(COMMANDS.inviteAll, row);
    assert.equal(s().demo.requests.count(), 0);
  });
});

describeCommand(COMMANDS.inviteAll, () => {
  const s = useStage({ identities: 0 });

  it('asks nothing when there is nobody to invite', async () => {
    await s().run(COMMANDS.inviteAll, s().tenantRow());
    assert.deepEqual(s().ui.said, ['Acme has no unregistered identities to invite']);
    assert.equal(s().writes(), 0);
  });
});

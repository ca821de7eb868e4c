import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { openDeepLink } from '../../../../src/commands/tenants/deepLink';
import { COMMANDS } from '../../../../src/ids';
import { useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';

describe('a link to the extension', () => {
  const s = useStage();
  const question = 'A link asks to add the tenant acme';

  async function follow(query: string): Promise<void> {
    await openDeepLink(s().deps, { path: '/add-tenant', query });
    s().ui.verify();
  }

  it('says where credentials would go before the form begins', async () => {
    s().ui.on(question, 'Add acme');
    await follow('host=acme');
    assert.match(
      s().ui.asked[0]?.detail ?? '',
      /^Its credentials would be sent to https:\/\/acme\.api\.identitynow\.com\. Continue only if you trust/,
    );
    assert.deepEqual(s().workbench.ran, [[COMMANDS.addTenant, { host: 'acme', name: 'acme' }]]);
  });

  it('does nothing when that is dismissed', async () => {
    s().ui.on(question, DISMISS);
    await follow('host=acme');
    assert.deepEqual(s().workbench.ran, []);
  });

  it('is refused when it brings anything else along, which is not repeated', async () => {
    s().ui.on('A link to ISC Identities was rejected: it may contain only the host and the name of a tenant to add.');
    await follow('host=acme&clientSecret=hunter2');
    assert.deepEqual(s().workbench.ran, []);
    assert.doesNotMatch(JSON.stringify([s().ui.asked, s().logged]), /hunter2/);
  });
});

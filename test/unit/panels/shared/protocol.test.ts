import { parseAction } from '../../../../src/panels/identity/actions';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parsePageMessage } from '../../../../src/panels/shared/protocol';
import { identityParams, parseIdentityKeys } from '../../../../src/panels/identity/protocol';
import { isHostMessage } from '../../../../src/panels/shared/page/rpc';

const junk: readonly unknown[] = [undefined, null, 0, 'request', [], {}, [1], { kind: 'request' }, () => 1];

describe('messages of panels', () => {
  it('takes requests', () => {
    const request = { kind: 'request', load: 'l', id: 1, name: 'identity', params: null };
    assert.deepEqual(parsePageMessage(request), request);
    assert.deepEqual(parsePageMessage({ kind: 'request', load: 'l', id: 2, name: 'identity' }), {
      ...request,
      id: 2,
    });
  });

  it('takes nothing else from a page', () => {
    for (const message of junk) assert.equal(parsePageMessage(message), undefined);
    for (const id of ['1', 1.5, Number.NaN, Infinity, null]) {
      assert.equal(parsePageMessage({ kind: 'request', load: 'l', id, name: 'identity', params: null }), undefined);
    }
    assert.equal(parsePageMessage({ kind: 'reply', load: 'l', id: 1, name: 'identity', params: null }), undefined);
    assert.equal(parsePageMessage({ kind: 'request', load: 'l', id: 1, name: {}, params: null }), undefined);
    assert.equal(parsePageMessage({ kind: 'request', id: 1, name: 'identity', params: null }), undefined);
  });

  it('knows the parameters of each request', () => {
    assert.equal(identityParams.identity(null), null);
    assert.equal(identityParams.identity({ id: 'another' }), undefined);
    assert.deepEqual(parseAction({ action: 'synchronize' }), { action: 'synchronize' });
    assert.deepEqual(identityParams.copy({ text: '' }), { text: '' });
    assert.deepEqual(identityParams.openIdentity({ id: 'a', name: 'A', extra: 1 }), { id: 'a', name: 'A' });
  });

  it('refuses parameters that are not', () => {
    for (const params of junk) {
      assert.equal(parseAction(params), undefined);
      assert.equal(identityParams.copy(params), undefined);
      assert.equal(identityParams.openIdentity(params), undefined);
    }
    for (const action of ['workbench.action.quit', 'constructor', '__proto__', 1, null]) {
      assert.equal(parseAction({ action }), undefined);
    }
    assert.equal(identityParams.openIdentity({ id: '', name: 'A' }), undefined);
    assert.equal(identityParams.openIdentity({ id: 1, name: 'A' }), undefined);
  });

  it('pages from whole offsets only', () => {
    assert.deepEqual(identityParams.entitlements({ offset: 250 }), { offset: 250 });
    for (const offset of [-1, 0.5, '0', Number.NaN, null]) {
      assert.equal(identityParams.accounts({ offset }), undefined);
    }
  });

  it('restores a panel from keys only', () => {
    const keys = { tenantId: 't', identityId: 'i', name: 'Walter White' };
    assert.deepEqual(parseIdentityKeys({ ...keys, tab: 'attributes', attributes: { secret: 1 } }), keys);
    for (const state of [...junk, { ...keys, tenantId: '' }, { ...keys, identityId: 7 }, { tenantId: 't' }]) {
      assert.equal(parseIdentityKeys(state), undefined);
    }
  });

  it('tells the host’s messages from others in the page', () => {
    const failure = { message: 'Could not load', cancelled: false, signIn: false };
    assert.ok(isHostMessage({ kind: 'changed' }));
    assert.ok(isHostMessage({ kind: 'changed', part: 'one' }));
    assert.ok(!isHostMessage({ kind: 'changed', part: 1 }));
    assert.ok(isHostMessage({ kind: 'reply', id: 1, result: null }));
    assert.ok(isHostMessage({ kind: 'failure', id: 1, failure }));
    for (const message of [
      ...junk,
      { kind: 'reply', id: '1', result: null },
      { kind: 'reply', id: 1 },
      { kind: 'failure', id: 1, failure: null },
      { kind: 'failure', id: 1, failure: { message: 1 } },
    ]) {
      assert.ok(!isHostMessage(message));
    }
  });
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ApiError } from '../../src/api/errors';
import { toTreeItem } from '../../src/tree/treeItems';
import { tenantNode } from '../../src/tree/nodes';
import { once } from './events';
import { startDemo } from '../../src/demo/server';
import { credentials, surroundings } from './surroundings';

suite('tenants', () => {
  let s: Awaited<ReturnType<typeof surroundings>>;
  setup(async () => {
    s = await surroundings(10);
  });
  teardown(() => s.dispose());

  const synchronize = async (id: string): Promise<unknown> => {
    const client = await s.clients.for(id);
    const { items } = await client.identities.list({ limit: 1 });
    return client.identities.synchronize(items[0]?.id ?? '');
  };
  const words = (id: string): unknown => {
    const tenant = s.store.get(id);
    assert.ok(tenant);
    return toTreeItem(tenantNode(tenant, undefined)).description;
  };

  test('refuse writes while they are read-only, and let them through once unlocked', async () => {
    const { id } = await s.connect({ readOnly: true });
    await assert.rejects(synchronize(id), (error) => ApiError.is(error, 'readOnly'));
    assert.equal(s.demo.requests.list.filter(({ path }) => path.includes('synchronize')).length, 0);
    s.store.unlock(id);
    await synchronize(id);
    s.store.lock(id);
    await assert.rejects(synchronize(id), (error) => ApiError.is(error, 'readOnly'));
  });

  test('are sent nothing more once they are removed, by whoever still reads their pages', async () => {
    const { id } = await s.connect();
    const client = await s.clients.for(id);
    const pages = client.identities.listAll({ limit: 2 })[Symbol.asyncIterator]();
    assert.equal((await pages.next()).done, false);
    await s.store.remove(id);
    const gone = { reason: 'notFound', message: 'This tenant is no longer connected.' };
    // One page may be there already: it was asked for before.
    await assert.rejects(async () => {
      while ((await pages.next()).done !== true);
    }, gone);
    s.demo.requests.clear();
    await assert.rejects(client.search.count('*'), gone);
    assert.equal(s.demo.requests.count(), 0);
  });

  test('unlocked for a time lock themselves again, and are stored as read-only all the while', async () => {
    const { id } = await s.connect({ readOnly: true, environment: 'production' });
    assert.equal(words(id), 'production · read-only');
    s.store.unlock(id, 0.002);
    assert.match(String(words(id)), /^production · unlocked until \d/);
    const stored = JSON.parse(readFileSync(join(s.folder, 'tenants', `${id}.json`), 'utf8')) as object;
    assert.ok('readOnly' in stored && stored.readOnly === true && !('unlockedUntil' in stored));
    await once(s.store.onDidChange, () => s.store.get(id)?.readOnly === true);
    assert.equal(words(id), 'production · read-only');
  });

  test('keep their order when one moves, here and in other windows', async () => {
    const [a, b, c] = [await s.connect({ name: 'A' }), await s.connect({ name: 'B' }), await s.connect({ name: 'C' })];
    const names = (): string => s.store.all().reduce((all, { name }) => all + name, '');
    assert.equal(names(), 'ABC');
    s.store.move(c.id, -1);
    assert.equal(names(), 'ACB');
    s.store.move(a.id, -1);
    s.store.move(b.id, 1);
    assert.equal(names(), 'ACB');
  });

  test('answer in the API version they are switched to, without signing in again', async () => {
    const { id } = await s.connect();
    for (const version of ['v2024', 'beta', 'v1'] as const) {
      s.store.update(id, { version });
      const client = await s.clients.for(id);
      assert.equal(client.version, version);
      assert.equal((await client.identities.list({ limit: 1 })).items.length, 1);
    }
  });

  test('are signed in again in place: other tenants never notice', async () => {
    const admin = await s.connect({ name: 'Admin' });
    const reader = await s.store.add(
      { ...admin, name: 'Reader' },
      { kind: 'pat', ...s.demo.issue({ scopes: ['idn:identity:read'] }) },
    );
    const list = async (id: string): Promise<number> =>
      (await (await s.clients.for(id)).identities.list({ limit: 1 })).items.length;
    await s.secrets.set(reader, { kind: 'token', accessToken: 'rotated' });
    await assert.rejects(list(reader.id), (error) => ApiError.is(error, 'auth'));
    assert.ok(s.clients.signedOutReason(reader.id));
    assert.equal(s.clients.signedOutReason(admin.id), undefined);
    assert.equal(await list(admin.id), 1);
    await s.secrets.set(reader, { kind: 'token', accessToken: s.demo.accessToken() });
    assert.equal(s.clients.signedOutReason(reader.id), undefined);
    assert.equal(await list(reader.id), 1);
  });

  test('get their credentials at no other address than that they were given for', async () => {
    const { id, ...first } = await s.connect();
    const stranger = await startDemo({ identities: 1 });
    try {
      const file = join(s.folder, 'tenants', `${id}.json`);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(first.baseUrl, stranger.baseUrl));
      await once(s.store.onDidChange, () => s.store.get(id)?.baseUrl === stranger.baseUrl);
      const held = (error: unknown): boolean => ApiError.is(error, 'auth') && error.details.givenFor === first.baseUrl;
      await assert.rejects(s.clients.for(id), held);
      assert.ok(s.clients.signedOutReason(id)?.includes(first.baseUrl));
      assert.equal(stranger.requests.list.length, 0);
      const moved = s.store.get(id) ?? assert.fail();
      assert.equal(await s.secrets.givenFor(moved), first.baseUrl);

      await s.secrets.confirmAddress(moved);
      assert.equal(await s.secrets.givenFor(moved), undefined);
      await assert.rejects((await s.clients.for(id)).identities.list({ limit: 1 }));
      assert.ok(stranger.requests.list.length > 0);
    } finally {
      await stranger.close();
    }
  });

  test('bind credentials that a version before stored to the present address, at their first use', async () => {
    const present = await s.connect();
    const [key = ''] = s.storage.values.keys();
    await s.storage.store(key, JSON.stringify({ format: 1, ...credentials(s.demo) }));
    assert.equal((await (await s.clients.for(present.id)).identities.list({ limit: 1 })).items.length, 1);
    const moved = { ...present, baseUrl: 'https://acme.api.identitynow.com' };
    await assert.rejects(s.secrets.get(moved), { reason: 'auth' });
    assert.equal(await s.secrets.givenFor(moved), present.baseUrl);
  });

  test('are not half-stored when the secret storage fails', async () => {
    s.storage.store = () => Promise.reject(new Error('The keyring is locked'));
    await assert.rejects(s.connect(), /keyring is locked/);
    assert.deepEqual(s.store.all(), []);
  });

  test('keep a tenant whose secret cannot be deleted, so that it can be removed later', async () => {
    const { id } = await s.connect();
    const broken = s.storage.delete.bind(s.storage);
    s.storage.delete = () => Promise.reject(new Error('The keyring is locked'));
    await assert.rejects(s.store.remove(id), /keyring is locked/);
    assert.ok(s.store.get(id));
    s.storage.delete = broken;
    await s.store.remove(id);
    assert.equal(s.store.get(id), undefined);
  });

  test('look like what they are: production has a colour of its own', async () => {
    const { id } = await s.connect({ environment: 'production', readOnly: true });
    const item = toTreeItem(tenantNode(s.store.get(id) ?? assert.fail(), undefined));
    assert.ok(item.resourceUri instanceof vscode.Uri);
    assert.equal(item.accessibilityInformation?.label, 'Acme, production, read-only');
  });
});

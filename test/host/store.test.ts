import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from './events';
import { Clients } from '../../src/tenants/clients';
import { Secrets } from '../../src/tenants/secrets';
import { TenantStore } from '../../src/tenants/store';
import { credentials, surroundings, tenant } from './surroundings';

suite('tenant store', () => {
  let s: Awaited<ReturnType<typeof surroundings>>;
  setup(async () => {
    s = await surroundings(10);
  });
  teardown(() => s.dispose());

  const files = (): string[] => readdirSync(join(s.folder, 'tenants'));

  test('keeps the record in a file and the secret in the secret storage only', async () => {
    const { id } = await s.connect();
    const [file = ''] = files();
    const stored = readFileSync(join(s.folder, 'tenants', file), 'utf8');
    assert.equal(file, `${id}.json`);
    assert.ok(!stored.includes(s.demo.clientSecret) && !stored.includes(s.demo.clientId));
    assert.equal(s.storage.values.size, 1);
    assert.ok([...s.storage.values.values()].join().includes(s.demo.clientSecret));
  });

  test('leaves nothing behind when a tenant is removed', async () => {
    const { id } = await s.connect();
    await (await s.clients.for(id)).identities.list({ limit: 1 });
    await s.store.remove(id);
    assert.deepEqual(files(), []);
    assert.equal(s.storage.values.size, 0);
    assert.deepEqual(s.store.all(), []);
    await assert.rejects(s.clients.for(id), /no longer connected/);
    assert.ok(!s.lines.join('\n').includes(s.demo.clientSecret));
  });

  test('keeps several credentials for one host side by side', async () => {
    const first = await s.connect({ name: 'Admin' });
    const second = await s.connect({ name: 'Reader' });
    assert.notEqual(first.id, second.id);
    assert.deepEqual(
      s.store.all().map(({ name }) => name),
      ['Admin', 'Reader'],
    );
    await s.store.remove(first.id);
    assert.ok(await s.secrets.get(second));
  });

  test('sees what another window adds, changes and removes', async () => {
    const other = new TenantStore(join(s.folder, 'tenants'), new Secrets(s.storage, s.log), s.log);
    try {
      const { id } = await other.add(tenant(s.demo.baseUrl), credentials(s.demo));
      await once(s.store.onDidChange, () => s.store.get(id) !== undefined);
      other.update(id, { name: 'Renamed' });
      await once(s.store.onDidChange, () => s.store.get(id)?.name === 'Renamed');
      await other.remove(id);
      await once(s.store.onDidChange, () => s.store.get(id) === undefined);
    } finally {
      other.dispose();
    }
  });

  test('tells tenants apart that two windows called alike, and leaves their files as they are', async () => {
    const first = await s.connect({ name: 'Acme' });
    const second = await s.store.add(tenant('https://acme.api.identitynow.com', { name: 'acme' }), credentials(s.demo));
    const host = new URL(s.demo.baseUrl).host;
    const names = (): string[] => s.store.all().map(({ name }) => name);
    assert.deepEqual(names(), [`Acme (${host})`, 'acme (acme.api.identitynow.com)']);
    s.store.update(first.id, { environment: 'other' });
    const stored = (id: string): unknown => JSON.parse(readFileSync(join(s.folder, 'tenants', `${id}.json`), 'utf8'));
    assert.deepEqual(
      [first, second].map(({ id }) => (stored(id) as { name: string }).name),
      ['Acme', 'acme'],
    );
    assert.ok(!('storedName' in (stored(first.id) as object)));
    s.store.update(second.id, { name: 'Acme EMEA' });
    assert.deepEqual(names(), ['Acme', 'Acme EMEA']);
  });

  test('keeps both when two windows add at once', async () => {
    const other = new TenantStore(join(s.folder, 'tenants'), new Secrets(s.storage, s.log), s.log);
    try {
      await Promise.all([s.connect({ name: 'A' }), other.add(tenant(s.demo.baseUrl, { name: 'B' }))]);
      await once(s.store.onDidChange, () => s.store.all().length === 2);
      await once(other.onDidChange, () => other.all().length === 2);
    } finally {
      other.dispose();
    }
  });

  test('leaves a file it cannot read alone, says so, and works on', () => {
    writeFileSync(join(s.folder, 'tenants', 'broken.json'), '{');
    writeFileSync(join(s.folder, 'tenants', 'future.json'), '{"format":99}');
    const store = new TenantStore(join(s.folder, 'tenants'), s.secrets, s.log);
    assert.deepEqual(store.all(), []);
    store.dispose();
    assert.deepEqual(files().sort(), ['broken.json', 'future.json']);
    assert.equal(s.lines.filter((line) => line.includes('left alone')).length, 2);
  });

  test('keeps what belongs to a tenant whose file cannot be read; only a removal forgets it', async () => {
    const { id } = await s.connect();
    const gone: string[] = [];
    const store = new TenantStore(join(s.folder, 'tenants'), s.secrets, s.log);
    try {
      store.onDidRemove((removed) => gone.push(removed));
      writeFileSync(join(s.folder, 'tenants', `${id}.json`), '\u0000'.repeat(300));
      await once(store.onDidChange, () => store.unreadable.length === 1);
      assert.equal(store.get(id)?.name, 'Acme', 'a file damaged meanwhile does not take its tenant away');
      assert.throws(() => store.update(id, { name: 'Renamed' }), /cannot be read/);
      const restarted = new TenantStore(join(s.folder, 'tenants'), s.secrets, s.log);
      assert.deepEqual([restarted.all(), restarted.unreadable[0]?.id], [[], id]);
      assert.deepEqual([gone, s.storage.values.size], [[], 1]);
      const clients = new Clients({ ...s.clientOptions, store: restarted });
      await assert.rejects(clients.for(id), { reason: 'auth', message: /cannot be read at the moment: it is damaged/ });
      clients.dispose();
      const [unreadable] = restarted.unreadable;
      assert.ok(unreadable);
      await restarted.removeUnreadable(unreadable);
      restarted.dispose();
      assert.deepEqual([files(), s.storage.values.size], [[], 0]);
      await once(store.onDidChange, () => gone.length > 0);
      assert.deepEqual(gone, [id]);
    } finally {
      store.dispose();
    }
  });

  test('does not bring back by a rename what another window removed', async () => {
    const { id } = await s.connect();
    const other = new TenantStore(join(s.folder, 'tenants'), s.secrets, s.log);
    try {
      await other.remove(id);
      s.store.update(id, { name: 'Renamed' });
      assert.deepEqual([s.store.all(), files()], [[], []]);
      await s.store.remove(id);
    } finally {
      other.dispose();
    }
  });

  test('starts where nothing can be stored, says why, and adds nothing there', async () => {
    const blocked = join(s.folder, 'blocked');
    writeFileSync(blocked, 'a file in the place of the folder');
    const store = new TenantStore(join(blocked, 'tenants'), s.secrets, s.log);
    try {
      assert.match(store.problem ?? '', /\S/);
      await assert.rejects(store.add(tenant(s.demo.baseUrl), credentials(s.demo)));
      assert.deepEqual([store.all(), s.storage.values.size], [[], 0]);
    } finally {
      store.dispose();
    }
  });

  test('locks a tenant also when its file cannot be written', async () => {
    const { id } = await s.connect({ readOnly: false });
    writeFileSync(join(s.folder, 'tenants', `${id}.json`), '');
    assert.throws(() => s.store.lock(id));
    assert.equal(s.store.get(id)?.readOnly, true);
  });

  test('treats unreadable credentials as signed out and never logs them', async () => {
    const { id } = await s.connect();
    const [key = ''] = s.storage.values.keys();
    await s.storage.store(key, '{"kind":"pat","clientSecret":"half-a-secret"');
    await assert.rejects(s.clients.for(id), { reason: 'auth' });
    assert.ok(!s.lines.join('\n').includes('half-a-secret'));
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { documentPath, type DocumentKey } from '../../src/documents/address';
import { provideDocuments } from '../../src/documents/later';
import { IdentityDocuments } from '../../src/documents/documents';
import { once } from './events';
import { surroundings } from './surroundings';

suite('documents of a person', () => {
  let s: Awaited<ReturnType<typeof surroundings>>;
  let documents: IdentityDocuments;
  let provider: vscode.Disposable;
  setup(async () => {
    s = await surroundings(20);
    documents = new IdentityDocuments({ tenants: s.store, clients: s.clients, changes: s.changes.event });
    provider = provideDocuments('isc-identity', () => Promise.resolve(documents));
  });
  teardown(async () => {
    provider.dispose();
    documents.dispose();
    await s.dispose();
  });

  const text = async (key: DocumentKey): Promise<Record<string, unknown>> => {
    // The registered provider of this scheme may be that of the installed extension: this one is asked itself.
    const uri = vscode.Uri.from({ scheme: 'isc-identity', path: documentPath(key, 'Somebody') });
    const source = new vscode.CancellationTokenSource();
    const content = await documents.provideTextDocumentContent(uri, source.token);
    return JSON.parse(content) as Record<string, unknown>;
  };

  async function somebody(): Promise<{ tenantId: string; identityId: string }> {
    const tenant = await s.connect();
    const client = await s.clients.for(tenant.id);
    const { items } = await client.identities.list({ limit: 1 });
    return { tenantId: tenant.id, identityId: items[0]?.id ?? '' };
  }

  test('hold what the service says', async () => {
    const who = await somebody();
    assert.equal((await text({ ...who, kind: 'identity' }))['id'], who.identityId);
    assert.ok(Array.isArray(await text({ ...who, kind: 'roleAssignments' })));
    assert.ok(Array.isArray(await text({ ...who, kind: 'ownership' })));
  });

  test('say why they are empty: no such person, a failure, a tenant that was removed', async () => {
    const who = await somebody();
    const nobody = await text({ ...who, identityId: 'f'.repeat(32), kind: 'identity' });
    assert.match(String(nobody['error']), /no longer exists in Acme/);
    s.demo.faults.add({ operation: 'getIdentity', times: 1, kind: 'html', status: 400 });
    assert.match(String((await text({ ...who, kind: 'identity' }))['error']), /^Could not load/);
    await s.store.remove(who.tenantId);
    assert.match(String((await text({ ...who, kind: 'identity' }))['error']), /no longer connected/);
  });

  test('are read again when the person changed, and closed when her tenant is removed', async () => {
    const { tenantId, identityId } = await somebody();
    await documents.open({ tenantId, identity: { id: identityId, name: 'Somebody' } }, 'identity');
    const tabs = (): vscode.Tab[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'Somebody.json');
    assert.equal(tabs().length, 1);
    const read: string[] = [];
    documents.onDidChange(({ path }) => read.push(path));
    s.changes.fire({ kind: 'identity', tenantId, identityId: 'f'.repeat(32) });
    assert.deepEqual(read, []);
    s.changes.fire({ kind: 'identity', tenantId, identityId });
    assert.equal(read.length, 1);
    await s.store.remove(tenantId);
    await once(vscode.window.tabGroups.onDidChangeTabs, () => tabs().length === 0);
  });
});

import assert from 'node:assert/strict';
import { afterEach, before, after, beforeEach, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { IdentityList } from '../../../src/lists/list';
import { ProtectedIdentities } from '../../../src/tenants/protectedIdentities';
import type { Tenant } from '../../../src/tenants/tenant';
import { identityFacts, identityText } from '../../../src/tree/identityText';
import { LoadedList } from '../../../src/tree/loadedList';
import { listNode, tenantNode, type ListNode } from '../../../src/tree/nodes';
import { noteProtected } from '../../../src/tree/protectedRows';
import { clientOf } from '../api/backend';

describe('who is protected', () => {
  let demo: DemoTenant;
  let known: ProtectedIdentities;
  let told: string[];
  const tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
  before(async () => {
    demo = await startDemo({ identities: 2000, rateLimit: Infinity });
  });
  after(() => demo.close());
  beforeEach(() => {
    known = new ProtectedIdentities();
    told = [];
    known.onDidChange((_, ids) => told.push(...ids));
  });
  afterEach(() => demo.faults.clear());

  const truth = (): string[] =>
    Array.from({ length: 2000 }, (_, n) => n)
      .filter((n) => demo.world.people.isProtected(n))
      .map((n) => demo.world.people.id(n));

  async function load(list: IdentityList, pageSize = 250): Promise<ListNode> {
    const node = listNode(tenant, list, new LoadedList(list, () => pageSize));
    const client = Promise.resolve(clientOf(demo));
    await node.loaded.loadMore(node, () => client);
    await node.loaded.count(() => client);
    noteProtected(node, known);
    return node;
  }

  function builtIn(id: string): IdentityList {
    const list = BUILT_IN_LISTS.find((one) => one.id === id);
    assert.ok(list);
    return list;
  }

  function own(query: IdentityList['query']): IdentityList {
    return { id: 'own', origin: 'own', name: 'Own', ...(query ? { query } : {}) };
  }

  const byFilter = (filter: string): IdentityList => own({ by: 'filter', filter, includeUncorrelated: true });
  const knownIds = (): string[] => truth().filter((id) => known.has('t', id));

  it('is told by the list of the protected, of that tenant alone', async () => {
    await load(builtIn('protected'));
    assert.ok(truth().length > 1);
    assert.deepEqual(knownIds(), truth());
    assert.deepEqual(told.sort(), truth().sort());
    assert.equal(known.has('other', truth()[0] ?? ''), false);
  });

  it('ends for who is in the complete list no longer, not for who is on a later page', async () => {
    known.note('t', [demo.world.people.id(1), ...truth()], true);
    await load(builtIn('protected'), 1);
    assert.equal(known.has('t', demo.world.people.id(1)), true);
    assert.deepEqual(knownIds(), truth());
    await load(builtIn('protected'));
    assert.equal(known.has('t', demo.world.people.id(1)), false);
    assert.deepEqual(knownIds(), truth());
  });

  it('is told by own lists of protected identities, and by no other filter', async () => {
    await load(byFilter('protected eq true and cloudStatus eq "ACTIVE"'));
    assert.ok(knownIds().length > 0);
    known.forget('t');
    for (const filter of ['protected eq true or name sw "A"', 'protected eq false', 'name sw "A"']) {
      await load(byFilter(filter));
    }
    await load(builtIn('all'), 2000);
    assert.deepEqual(knownIds(), []);
  });

  it('is told by Search of each identity; that Search says nothing of it takes nothing back', async () => {
    await load(own({ by: 'search', query: 'protected:true' }));
    assert.deepEqual(knownIds(), truth());
    known.note('t', [demo.world.people.id(1)], true);
    await load(own({ by: 'search', query: `id:"${demo.world.people.id(1)}"` }));
    assert.equal(known.has('t', demo.world.people.id(1)), true);
  });

  it('is told once: what is known already is no change', async () => {
    await load(builtIn('protected'));
    told = [];
    await load(builtIn('protected'));
    assert.deepEqual(told, []);
    known.note('t', truth().slice(0, 1), false);
    assert.deepEqual(told, truth().slice(0, 1));
  });

  it('is an icon and a word in every list, beside states that matter more', () => {
    const identity = { id: '1', name: 'Ada', emailAddress: 'ada@acme.test', identityStatus: 'ACTIVE' };
    const text = (more: object, isProtected = true) =>
      identityText({ identity: { ...identity, ...more }, left: false, isProtected });
    assert.deepEqual(text({}), {
      icon: 'verified',
      tone: 'ok',
      description: 'protected · ada@acme.test',
      spoken: 'Ada, active, protected, ada@acme.test',
    });
    assert.equal(text({}, false).icon, 'person');
    assert.equal(text({}, false).description, 'ada@acme.test');
    const locked = text({ identityStatus: 'LOCKED' });
    assert.equal(locked.icon, 'lock');
    assert.equal(locked.description, 'locked · protected · ada@acme.test');
    const facts = new Map(identityFacts({ identity, isProtected: true }).map(([name, value]) => [String(name), value]));
    assert.equal(facts.get('Protected'), 'yes');
    assert.equal(new Map(identityFacts({ identity, isProtected: false })).get('Protected' as never), undefined);
  });
});

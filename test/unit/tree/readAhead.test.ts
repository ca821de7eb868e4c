import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { IdentityList } from '../../../src/lists/list';
import { ProtectedIdentities } from '../../../src/tenants/protectedIdentities';
import type { Tenant } from '../../../src/tenants/tenant';
import { ListLoading } from '../../../src/tree/listLoading';
import { LoadedList } from '../../../src/tree/loadedList';
import { listChildren, listNode, tenantNode, type ListNode, type Node, type TenantNode } from '../../../src/tree/nodes';
import { ReadAhead } from '../../../src/tree/readAhead';
import { clientOf } from '../api/backend';
import { waitUntil } from '../../waitUntil';

const IDENTITIES = 1_000;
const PAGE = 100;

/** A view as VS Code tells of it. */
function scriptedView() {
  const listeners = new Map<string, ((event: never) => unknown)[]>();
  const on = (name: string) => (listener: (event: never) => unknown) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    return { dispose: () => undefined };
  };
  const fire = (name: string, event: object): void => {
    for (const listener of listeners.get(name) ?? []) listener(event as never);
  };
  return {
    view: {
      visible: true,
      onDidChangeVisibility: on('visible'),
      onDidExpandElement: on('expand'),
      onDidCollapseElement: on('collapse'),
    },
    unfold: (element: Node) => fire('expand', { element }),
    fold: (element: Node) => fire('collapse', { element }),
    see: (visible: boolean) => fire('visible', { visible }),
  };
}

describe('pages fetched ahead', () => {
  let demo: DemoTenant;
  let tenant: TenantNode;
  let list: ListNode;
  let loading: ListLoading;
  let readAhead: ReadAhead;
  let told: ReturnType<typeof scriptedView>;
  let drawn: string[];
  before(async () => {
    demo = await startDemo({ identities: IDENTITIES, rateLimit: Infinity });
  });
  after(() => demo.close());

  const nodeOf = (of: IdentityList): ListNode => listNode(tenant, of, new LoadedList(of, () => PAGE));

  function stage(of: IdentityList): void {
    tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
    list = nodeOf(of);
    drawn = [];
    told = scriptedView();
    const client = clientOf(demo);
    const clients = { for: () => Promise.resolve(client) };
    readAhead = new ReadAhead(clients, { lists: [list] }, new WeakSet());
    loading = new ListLoading({
      clients,
      protectedIdentities: new ProtectedIdentities(),
      isCurrent: () => false,
      redraw: ({ kind }) => drawn.push(kind),
      draw: (...rows) => drawn.push(...rows.map(({ kind }) => kind)),
      shown: (shown) => readAhead.shown(shown),
    });
    readAhead.follow(told.view);
  }

  beforeEach(() => {
    const [all] = BUILT_IN_LISTS;
    assert.ok(all);
    stage(all);
    demo.requests.clear();
  });
  afterEach(() => {
    demo.faults.clear();
    list.loaded.reset();
  });

  const pages = (): string[] =>
    demo.requests.list.flatMap(({ query }) => {
      const asked = new URLSearchParams(query);
      return asked.get('limit') === String(PAGE) ? [asked.get('offset') ?? '0'] : [];
    });
  const isPage =
    (offset: number) =>
    ({ query }: { query: string }) =>
      query.includes(`offset=${String(offset)}&`) || query.endsWith(`offset=${String(offset)}`);
  const answered = (): number => demo.requests.list.filter(({ status }) => status !== undefined).length;
  /** The first page is read, counted, and the next one asked for. */
  async function reading(): Promise<void> {
    told.unfold(tenant);
    told.unfold(list);
    await loading.page(list);
    await loading.count(list);
    readAhead.shown(list);
    await waitUntil(() => pages().length === 2 && answered() >= 3, 'the next page is fetched');
    await turn();
  }
  /** What is asked later is answered: what was to be asked before it has arrived. */
  async function turn(): Promise<void> {
    await clientOf(demo).identities.get(demo.world.people.id(0));
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
  }
  const names = (): string[] => list.loaded.rows.map(({ identity }) => identity.id);
  async function assertWhole(): Promise<void> {
    const client = clientOf(demo);
    const { items } = await client.identities.list({
      limit: 200,
      sorters: 'name,alias',
      defaultFilter: 'CORRELATED_ONLY',
    });
    assert.deepEqual(
      names(),
      items.map(({ id }) => id),
    );
  }

  it('are one, of a list that is read, and shown by "Load more" with one drawing and no request', async () => {
    await reading();
    assert.deepEqual(pages(), ['0', '100']);
    assert.equal(list.loaded.rows.length, PAGE);
    demo.faults.add({ kind: 'hang', when: isPage(200) });
    demo.requests.clear();
    await loading.more(list.more);
    assert.deepEqual(drawn, ['list']);
    await assertWhole();
    // The one after it is asked for, which nobody waits for.
    await waitUntil(() => pages().length === 1, 'the next page is asked for');
    assert.deepEqual(pages(), ['200']);
  });

  it('are not asked for while nobody sees the list, and given up once nobody does', async () => {
    await loading.page(list);
    await loading.count(list);
    readAhead.shown(list);
    told.unfold(list);
    await turn();
    assert.deepEqual(pages(), ['0'], 'the tenant is folded');
    told.see(false);
    told.unfold(tenant);
    await turn();
    assert.deepEqual(pages(), ['0'], 'the view is hidden');
    for (const leave of [() => told.fold(list), () => told.fold(tenant), () => told.see(false)]) {
      demo.requests.clear();
      demo.faults.add({ kind: 'hang', when: isPage(100) });
      told.unfold(list);
      told.unfold(tenant);
      told.see(true);
      await waitUntil(() => pages().length === 1, 'the next page is asked for');
      leave();
      demo.faults.clear();
      demo.requests.clear();
      await loading.more(list.more);
      assert.deepEqual(pages(), ['100'], 'it is asked for again by whoever wants it');
      list.loaded.reset();
      await loading.page(list);
      await loading.count(list);
    }
  });

  it('are kept when the list is folded for a while', async () => {
    await reading();
    told.fold(list);
    told.unfold(list);
    await turn();
    assert.deepEqual(pages(), ['0', '100']);
    await loading.more(list.more);
    await assertWhole();
  });

  for (const [what, happens] of [
    ['identities of the tenant changed', () => readAhead.changed('t')],
    ['the list is loaded again', () => list.loaded.reload(list, () => Promise.resolve(clientOf(demo)))],
    ['an identity was deleted', () => list.loaded.remove(names()[3] ?? '')],
    ['an identity left the list', () => list.loaded.setLeft(names()[3] ?? '', true)],
  ] as const) {
    it(`are not shown when ${what} meanwhile`, async () => {
      await reading();
      demo.requests.clear();
      const before = list.loaded.rows.length;
      await happens();
      await loading.more(list.more);
      assert.ok(list.loaded.rows.length > before);
      assert.equal(pages().filter((offset) => offset === '100' || offset === '99').length, 1, pages().join());
    });
  }

  it('are not shown when identities change while "Load more" waits for them', async () => {
    let answer: () => void = () => undefined;
    demo.faults.add({ kind: 'hold', until: new Promise<void>((resolve) => (answer = resolve)), when: isPage(100) });
    told.unfold(tenant);
    told.unfold(list);
    await loading.page(list);
    await loading.count(list);
    readAhead.shown(list);
    await waitUntil(() => pages().length === 2, 'the next page is asked for');
    const more = loading.more(list.more);
    readAhead.changed('t');
    answer();
    await more;
    await assertWhole();
    assert.equal(pages().filter((offset) => offset === '100').length, 2);
  });

  for (const way of ['fetched ahead', 'asked for by "Load more"', 'read again'] as const) {
    it(`miss nobody when an identity is deleted while one is on its way, ${way}`, async () => {
      told.unfold(tenant);
      told.unfold(list);
      await loading.page(list);
      await loading.count(list);
      const gone = names()[3] ?? '';
      let answer: () => void = () => undefined;
      const until = new Promise<void>((resolve) => (answer = resolve));
      demo.faults.add({ kind: 'hold', until, when: isPage(way === 'read again' ? 0 : 100) });
      if (way === 'fetched ahead') readAhead.shown(list);
      demo.requests.clear();
      const more =
        way === 'read again'
          ? list.loaded.reload(list, () => Promise.resolve(clientOf(demo)))
          : loading.more(list.more);
      if (way !== 'fetched ahead') await waitUntil(() => pages().length > 0, 'a page is asked for');
      list.loaded.remove(gone);
      answer();
      await more;
      assert.ok(!names().includes(gone), 'the deleted one is gone');
      assert.equal(new Set(names()).size, names().length);
      if (way === 'read again') assert.deepEqual(pages(), ['0']);
      else assert.equal(pages().at(-1), '99', pages().join());
      await loading.more(list.more);
      assert.equal(pages().at(-1), way === 'read again' ? '99' : '199', pages().join());
    });
  }

  it('fail silently, and are asked for again by "Load more", whose failure is shown', async () => {
    told.unfold(tenant);
    told.unfold(list);
    demo.faults.add({ kind: 'status', status: 400, when: isPage(100), times: 2 });
    await loading.page(list);
    await loading.count(list);
    readAhead.shown(list);
    await waitUntil(() => pages().length === 2 && answered() >= 3, 'the next page was refused');
    await turn();
    assert.equal(list.loaded.error, undefined);
    assert.equal(listChildren(list).at(-1)?.kind, 'more');
    // Looking at it again asks no more.
    told.unfold(list);
    await turn();
    assert.equal(pages().length, 2);
    await loading.more(list.more);
    assert.equal(listChildren(list).at(-1)?.kind, 'error');
    await loading.more(list.more);
    await assertWhole();
  });

  it('are fetched of a search, too, each after the one before', async () => {
    stage({ id: 'own', origin: 'own', name: 'Own', query: { by: 'search', query: '*' } });
    told.unfold(tenant);
    told.unfold(list);
    await loading.page(list);
    await loading.count(list);
    readAhead.shown(list);
    const searches = (): number => demo.requests.count('searchPost');
    await waitUntil(() => searches() === 2, 'the next page is asked for');
    await turn();
    await loading.more(list.more);
    assert.equal(list.loaded.rows.length, 2 * PAGE);
    await waitUntil(() => searches() === 3, 'the page after it is asked for');
    assert.equal(new Set(names()).size, 2 * PAGE);
  });

  it('are several at once when all of a list is loaded, each asked for once', async () => {
    await loading.page(list);
    await loading.count(list);
    const total = list.loaded.total ?? 0;
    demo.requests.clear();
    demo.faults.add({ kind: 'delay', ms: 30, times: 100 });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, demo.requests.list.filter(({ status }) => status === undefined).length);
    }, 1);
    await loading.all(list, new AbortController().signal, () => undefined);
    clearInterval(watch);
    assert.equal(list.loaded.rows.length, total);
    assert.equal(new Set(names()).size, total);
    assert.deepEqual(
      pages().sort((a, b) => Number(a) - Number(b)),
      Array.from({ length: Math.ceil(total / PAGE) - 1 }, (_, n) => String((n + 1) * PAGE)),
    );
    assert.ok(most > 1 && most <= 8, String(most));
  });

  it('of a list that was not read at all are counted at the same time as its first page is asked for', async () => {
    let answer: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (answer = resolve));
    demo.faults.add({ kind: 'hold', until, operation: 'listIdentities' });
    const all = loading.all(list, new AbortController().signal, () => undefined);
    await waitUntil(() => demo.requests.count('listIdentities') === 2, 'both are asked for');
    answer();
    await all;
    assert.equal(list.loaded.rows.length, list.loaded.total);
  });

  it('stop at the signal and at a failure, with what came before', async () => {
    await loading.page(list);
    await loading.count(list);
    const stop = new AbortController();
    await loading.all(list, stop.signal, ({ rows }) => {
      if (rows.length >= 300) stop.abort();
    });
    assert.equal(list.loaded.rows.length, 300);
    assert.equal(list.loaded.error, undefined);
    list.loaded.dropAhead();
    await turn();
    demo.faults.add({ kind: 'status', status: 400, when: isPage(500), times: 2 });
    await loading.all(list, new AbortController().signal, () => undefined);
    assert.equal(list.loaded.rows.length, 500);
    assert.equal(listChildren(list).at(-1)?.kind, 'error');
    await loading.all(list, new AbortController().signal, () => undefined);
    assert.equal(list.loaded.rows.length, list.loaded.total);
  });
});

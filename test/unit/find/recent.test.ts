import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Recent } from '../../../src/find/recent';

describe('what was opened and asked last', () => {
  const walter = { tenantId: 'a', id: 'i', name: 'Walter White' };

  function recent(stored: unknown, removed: readonly string[] = []) {
    let kept = stored;
    const listeners: ((tenantId: string) => void)[] = [];
    const memory = {
      keys: () => ['recent'],
      get: <T>(_key: string, fallback?: T): T => (kept === undefined ? fallback : kept) as T,
      update: (_key: string, value: unknown) => {
        kept = value;
        return Promise.resolve();
      },
    };
    const onDidRemove = (listener: (tenantId: string) => void) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    };
    const made = new Recent(memory, { removed: new Set(removed), onDidRemove });
    return { recent: made, remove: (id: string) => listeners.forEach((listener) => listener(id)) };
  }

  for (const stored of [undefined, null, [], 'text', {}, { people: null, queries: 7 }, { people: [null, {}, 1] }]) {
    it(`is nothing out of ${JSON.stringify(stored) ?? 'undefined'}, and is kept from then on`, async () => {
      const { recent: made } = recent(stored);
      assert.deepEqual([made.people(['a']), made.queries(['a'])], [[], []]);
      await made.remember(walter, 'walt', ['a']);
      assert.deepEqual([made.people(['a']), made.queries(['a'])], [[walter], ['walt']]);
    });
  }

  it('is kept around an entry that is none', () => {
    const people = [null, walter, { ...walter, name: 7 }];
    const queries = [{ text: 'x', tenantIds: ['a', null] }, { text: 'y' }, { tenantIds: ['a'] }];
    const { recent: made } = recent({ people, queries });
    assert.deepEqual([made.people(['a']), made.queries(['a'])], [[walter], ['x']]);
  });

  it('is forgotten of removed tenants only, at start and later', () => {
    const other = { ...walter, tenantId: 'b' };
    const third = { ...walter, tenantId: 'c' };
    const queries = [
      { text: 'both', tenantIds: ['a', 'b'] },
      { text: 'a alone', tenantIds: ['a'] },
    ];
    const { recent: made, remove } = recent({ people: [walter, other, third], queries }, ['c']);
    assert.deepEqual(made.people(['a', 'b', 'c']), [walter, other]);
    remove('a');
    assert.deepEqual(made.people(['a', 'b', 'c']), [other]);
    assert.deepEqual(made.queries(['a', 'b']), ['both']);
  });

  it('is read out of anything, and keeps every entry that is whole', async () => {
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record({ tenantId: fc.constant('a'), id: fc.string(), name: fc.string() }),
    );
    const query = fc.oneof(fc.jsonValue(), fc.record({ text: fc.string(), tenantIds: fc.array(fc.jsonValue()) }));
    const stored = fc.oneof(fc.jsonValue(), fc.record({ people: fc.array(entry), queries: fc.array(query) }));
    await fc.assert(
      fc.asyncProperty(stored, async (value) => {
        const { recent: made } = recent(value);
        const before = made.people(['a']);
        made.queries(['a']);
        const others = before.filter(({ id }) => id !== walter.id).slice(0, 9);
        await made.remember(walter, '', ['a']);
        assert.deepEqual(made.people(['a']).slice(0, 1 + others.length), [walter, ...others]);
      }),
    );
  });
});

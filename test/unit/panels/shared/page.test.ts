import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { PageOf } from '../../../../src/panels/shared/protocol';
import { loaded } from '../../../../src/panels/shared/page/resource';
import { paged } from '../../../../src/panels/shared/page/paged';
import { RequestFailed, type Question } from '../../../../src/panels/shared/page/rpc';
import { cut, cutItems, fill, matches } from '../../../../src/panels/shared/page/format';

describe('words of a page', () => {
  it('fills values into a text, as text', () => {
    assert.equal(fill('Copied {0}', '<b>'), 'Copied <b>');
    assert.equal(fill('{0} of {1} shown', 3, 42), '3 of 42 shown');
    assert.equal(fill('Copied {0}', '{0} $& $1'), 'Copied {0} $& $1');
    assert.equal(fill('{0} {1}', 'a'), 'a {1}');
  });

  it('cuts long texts and leaves short ones', () => {
    assert.equal(cut('short'), 'short');
    assert.equal(cut('x'.repeat(100_000)).length, 400);
    assert.equal(cut('line\n'.repeat(50)).split('\n').length, 12);
  });

  it('cuts to a beginning of the text and never through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        const part = cut(text, length);
        assert.ok(text.startsWith(part) && part.length <= length);
        assert.doesNotThrow(() => encodeURIComponent(part), 'half of a surrogate pair');
      }),
    );
  });

  it('cuts long lists and long items', () => {
    assert.deepEqual(cutItems(['a', 'b']), { items: ['a', 'b'], complete: true });
    assert.equal(cutItems(Array.from({ length: 500 }, String)).items.length, 12);
    assert.equal(cutItems(['x'.repeat(5000)]).complete, false);
  });

  it('finds ignoring case, and everything for nothing', () => {
    assert.ok(matches('ENG', 'department', 'Engineering'));
    assert.ok(matches('  ', 'department'));
    assert.ok(!matches('sales', 'department', undefined));
  });
});

/** A question of which nothing was kept. */
function unknown<T>(ask: () => Promise<T>): Question<T> {
  return { ask, onKept: () => undefined };
}

describe('something asked of the host', () => {
  /** Questions that are answered by hand, in any order. */
  function questions() {
    const open: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
    const ask = () => new Promise<string>((resolve, reject) => open.push({ resolve, reject }));
    return { open, ask };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const refused = new RequestFailed({ message: 'Could not load', cancelled: false, signIn: true });

  it('is asked once by `first`, again by `again` or when stale', () => {
    const { open, ask } = questions();
    const thing = loaded(unknown(ask), () => undefined);
    thing.first();
    thing.first();
    assert.equal(open.length, 1);
    thing.again();
    assert.equal(open.length, 2);
    thing.stale();
    thing.first();
    assert.equal(open.length, 3);
  });

  it('keeps the old value while it is read again, and when that fails', async () => {
    const { open, ask } = questions();
    const thing = loaded(unknown(ask), () => undefined);
    thing.first();
    open[0]?.resolve('old');
    await settled();
    thing.again();
    assert.deepEqual([thing.value, thing.loading], ['old', true]);
    open[1]?.reject(refused);
    await settled();
    assert.deepEqual([thing.value, thing.loading, thing.failure?.message], ['old', false, 'Could not load']);
    thing.again();
    open[2]?.resolve('new');
    await settled();
    assert.deepEqual([thing.value, thing.failure], ['new', undefined]);
  });

  it('ignores the answer to an older question', async () => {
    const { open, ask } = questions();
    const thing = loaded(unknown(ask), () => undefined);
    thing.first();
    thing.again();
    open[1]?.resolve('second');
    await settled();
    open[0]?.resolve('first');
    await settled();
    assert.deepEqual([thing.value, thing.loading], ['second', false]);
  });

  it('shows what was answered before until the first answer, with its age', async () => {
    const { open, ask } = questions();
    let tell: (known: string, ageMs: number) => void = () => undefined;
    let drawn = 0;
    const thing = loaded<string>({ ask, onKept: (take) => (tell = take) }, () => drawn++);
    thing.first();
    const before = drawn;
    tell('before', 60_000);
    assert.deepEqual([thing.value, thing.loading, drawn], ['before', true, before + 1]);
    assert.ok(Math.abs(Date.now() - 60_000 - (thing.loadedAt ?? 0)) < 5_000);
    open[0]?.reject(refused);
    await settled();
    assert.deepEqual([thing.value, thing.failure?.message], ['before', 'Could not load']);
    assert.ok((thing.loadedAt ?? 0) < Date.now() - 50_000, 'a failure makes it no younger');
    thing.again();
    open[1]?.resolve('now');
    await settled();
    tell('late', 60_000);
    assert.deepEqual([thing.value, thing.failure], ['now', undefined]);
    assert.ok(Math.abs(Date.now() - (thing.loadedAt ?? 0)) < 5_000);
  });

  it('leaves what was answered before as it is when the answer is the same', async () => {
    const same = () => ({ rows: ['a'] });
    const before = same();
    const thing = loaded<{ rows: string[] }>(
      {
        ask: () => Promise.resolve(same()),
        onKept: (take) => {
          take(before, 1);
        },
      },
      () => undefined,
    );
    assert.equal(thing.value, before, 'before it is asked');
    thing.first();
    await settled();
    assert.equal(thing.value, before);
    assert.equal(thing.loading, false);
  });
});

describe('a list read page by page', () => {
  interface Row {
    readonly id: string;
  }
  const page = (next: number | null, ...ids: readonly string[]): PageOf<Row> => ({
    rows: ids.map((id) => ({ id })),
    total: next === 2 ? 3 : null,
    next,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const ids = (value: PageOf<Row> | undefined) => value?.rows.map(({ id }) => id);

  it('grows, shows a repeated row once and keeps the total', async () => {
    const asked: number[] = [];
    const answers = [page(2, 'a', 'b'), page(null, 'b', 'c')];
    const list = paged<Row>(
      (offset) =>
        unknown(() => {
          asked.push(offset);
          return Promise.resolve(answers[asked.length - 1] as PageOf<Row>);
        }),
      () => undefined,
    );
    list.first();
    list.more();
    await settled();
    list.more();
    await settled();
    list.more();
    assert.deepEqual(asked, [0, 2]);
    assert.deepEqual(ids(list.value), ['a', 'b', 'c']);
    assert.equal(list.value?.total, 3);
    assert.equal(list.value?.next, null);
  });

  it('ends where the first page said, though a full last page does not know it', async () => {
    const answers = [
      { rows: [{ id: 'a' }, { id: 'b' }], total: 4, next: 2 },
      { rows: [{ id: 'c' }, { id: 'd' }], total: null, next: 4 },
    ];
    const list = paged<Row>(
      (offset) => unknown(() => Promise.resolve(answers[offset / 2] as PageOf<Row>)),
      () => undefined,
    );
    list.first();
    await settled();
    list.more();
    await settled();
    assert.equal(list.value?.next, null);
  });

  it('retries the page that failed, and starts over when read again', async () => {
    const asked: number[] = [];
    let broken = false;
    const list = paged<Row>(
      (offset) =>
        unknown(() => {
          asked.push(offset);
          return broken ? Promise.reject(new Error('offline')) : Promise.resolve(page(offset + 2, String(offset)));
        }),
      () => undefined,
    );
    list.first();
    await settled();
    broken = true;
    list.more();
    await settled();
    assert.deepEqual([ids(list.value), list.failure?.message], [['0'], 'offline']);
    broken = false;
    list.retry();
    await settled();
    assert.deepEqual(ids(list.value), ['0', '2']);
    list.again();
    await settled();
    assert.deepEqual(ids(list.value), ['0']);
    assert.deepEqual(asked, [0, 2, 2, 0]);
  });
});

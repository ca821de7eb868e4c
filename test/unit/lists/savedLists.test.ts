import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkSorters, parseFilter } from '../../../src/api/filterParser';
import { queryOf } from '../../../src/lists/list';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import { readSavedLists } from '../../../src/lists/savedLists';

describe('views', () => {
  it('are built in with filters and sorters the service supports', () => {
    for (const { id, query } of BUILT_IN_LISTS) {
      assert.ok(query?.by === 'filter', id);
      assert.ok(query.filter === undefined || parseFilter(query.filter).ok, id);
      assert.equal(checkSorters(query.sorter ?? ''), undefined, id);
    }
    assert.equal(new Set(BUILT_IN_LISTS.map(({ id }) => id)).size, BUILT_IN_LISTS.length);
  });

  it('are read from the setting', () => {
    const [mine] = readSavedLists(
      [{ name: 'Mine', filter: 'name sw "A"', sorter: '-name', includeUncorrelated: true, tenant: 'Acme' }],
      'user',
    );
    assert.deepEqual(mine?.list, {
      id: 'own/user/Mine',
      origin: 'own',
      name: 'Mine',
      query: { by: 'filter', filter: 'name sw "A"', sorter: '-name', includeUncorrelated: true },
    });
    assert.equal(mine?.own.tenant, 'Acme');
    const [search] = readSavedLists([{ name: 'Sales', search: 'attributes.department:Sales' }], 'workspace');
    assert.deepEqual(search?.list.query, { by: 'search', query: 'attributes.department:Sales' });
  });

  const WRONG: readonly [unknown, string, number | undefined, RegExp][] = [
    [{ name: 'x', filter: 'department eq "Sales"' }, 'filter', 0, /Unknown field "department"/],
    [{ name: 'x', filter: 'name co "a"' }, 'filter', 5, /does not support co/],
    [{ name: 'x', filter: 'name eq "a' }, 'filter', 8, /closing double quote is missing/],
    [{ name: 'x', filter: '' }, 'filter', 0, /empty/],
    [{ name: 'x', everyone: true, sorter: 'name,created' }, 'sorter', 5, /cannot be used for sorting/],
    [{ name: 'x', search: ' ' }, 'search', undefined, /empty/],
    [{ name: 'x', search: 'a', filter: 'name eq "a"' }, 'search', undefined, /not both/],
    [{ name: ' ' }, 'name', undefined, /no name/],
    [{ name: 'Berlin', serch: 'attributes.city:Berlin' }, 'list', undefined, /Unknown key "serch"/],
    [{ name: 'Berlin', __proto__x: 1, filter: 'name eq "a"' }, 'list', undefined, /Unknown key/],
    [{ name: 'x' }, 'list', undefined, /No identities specified/],
    [{ name: 'x', includeUncorrelated: true }, 'list', undefined, /No identities specified/],
    [{ name: 'x', everyone: false }, 'list', undefined, /must be true or omitted/],
    [{ name: 'x', everyone: 'yes' }, 'list', undefined, /must be a boolean/],
    [{ name: 'x', filter: null }, 'list', undefined, /"filter" must be a string/],
    [{ name: 'x', everyone: true, search: 'a' }, 'everyone', undefined, /neither a filter nor a search/],
    [{ filter: 7 }, 'list', undefined, /"filter" must be a string/],
    ['text', 'list', undefined, /object/],
  ];
  for (const [entry, part, position, message] of WRONG) {
    it(`say what is wrong with ${JSON.stringify(entry)}`, () => {
      const problem = readSavedLists([entry], 'user')[0]?.list.problem;
      assert.equal(problem?.part, part);
      assert.equal(problem?.position, position);
      assert.match(problem?.message ?? '', message);
    });
  }

  it('have ids of their own, also when a name is used twice, which is said', () => {
    const views = readSavedLists(
      ['A', 'A', 'B'].map((name) => ({ name, everyone: true })),
      'user',
    ).map(({ list: view }) => view);
    assert.equal(new Set(views.map(({ id }) => id)).size, 3);
    assert.deepEqual(
      views.map(({ problem }) => problem?.part),
      [undefined, 'name', undefined],
    );
  });

  it('are none where the setting is no list, which is said', () => {
    for (const value of [{}, 'text', 7, false]) {
      const [entry, ...others] = readSavedLists(value, 'user');
      assert.match(entry?.list.problem?.message ?? '', /must be an array of lists/);
      assert.equal(others.length, 0);
    }
    assert.deepEqual(readSavedLists(undefined, 'user'), []);
  });

  it('with a mistake are neither listed nor counted', () => {
    const [{ list: view } = assert.fail()] = readSavedLists(
      [{ name: 'Berlin', serch: 'attributes.city:Berlin' }],
      'user',
    );
    assert.equal(view.query, undefined);
    assert.throws(() => queryOf(view), { reason: 'invalid' });
  });

  it('are read from whatever the settings hold', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.anything()), (value, entries) => {
        readSavedLists(value, 'user');
        assert.equal(readSavedLists(entries, 'user').length, entries.length);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { IDENTITY_FILTER_FIELDS, filterText, type Filter } from '../../../src/api/filter';
import { parseFilter } from '../../../src/api/filterParser';
import {
  conditionsOf,
  toDraft,
  NEW_DRAFT,
  fromDraft,
  withCondition,
  withoutCondition,
  type Condition,
} from '../../../src/lists/draft';
import { checkSavedList, type SavedList } from '../../../src/lists/savedLists';

const locked: Condition = { kind: 'test', field: 'cloudStatus', operator: 'eq', values: ['LOCKED'] };

/** Any condition the form can make, with any text in it. */
const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...Object.entries(IDENTITY_FILTER_FIELDS))
  .chain(([field, { type, operators }]) =>
    fc.constantFrom(...operators).chain((operator) => {
      const value: fc.Arbitrary<string | boolean> =
        type === 'boolean' ? fc.boolean() : fc.string({ unit: 'binary', minLength: 1 });
      const values = operator === 'in' ? fc.array(value, { minLength: 1, maxLength: 5 }) : fc.tuple(value);
      return values.map((all): Condition => ({ kind: 'test', field, operator, values: all }));
    }),
  );

describe('the form of a view', () => {
  it('takes a filter apart into the conditions it was made of', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 6 }), (conditions) => {
        const filter = conditions.reduce((text, next) => withCondition(text, next) ?? assert.fail(text), '');
        assert.deepEqual(conditionsOf(filter), conditions);
        assert.ok(filter === '' || parseFilter(filter).ok, filter);
      }),
    );
  });

  it('changes and removes one condition and no other', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 6 }), fc.nat(), condition, (conditions, n, other) => {
        const at = n % conditions.length;
        const filter = filterText({ kind: 'and', parts: conditions });
        assert.deepEqual(conditionsOf(withCondition(filter, other, at) ?? ''), conditions.with(at, other));
        assert.deepEqual(conditionsOf(withoutCondition(filter, at)), conditions.toSpliced(at, 1));
      }),
    );
  });

  it('leaves filters of another shape as text, and adds a condition to the whole of them', () => {
    const cases: readonly [string, string][] = [
      ['name sw "A" or name sw "B"', '(name sw "A" or name sw "B") and cloudStatus eq "LOCKED"'],
      ['not protected eq true', 'not protected eq true and cloudStatus eq "LOCKED"'],
      ['not (name sw "A" or name sw "B")', 'not (name sw "A" or name sw "B") and cloudStatus eq "LOCKED"'],
    ];
    for (const [filter, more] of cases) {
      assert.equal(conditionsOf(filter), undefined);
      assert.equal(withCondition(filter, locked), more);
      const parsed = parseFilter(more);
      assert.ok(parsed.ok && parsed.filter.kind === 'and' && parsed.filter.parts.length === 2);
    }
  });

  it('reads brackets that only group an and', () => {
    assert.equal(conditionsOf('name sw "A" and (alias sw "b" and (correlated eq true))')?.length, 3);
  });

  it('does nothing to a filter with a mistake', () => {
    assert.equal(conditionsOf('name co "a"'), undefined);
    assert.equal(withCondition('name co "a"', locked), undefined);
  });

  it('keeps every right view as it is, and writes only what is not as usual', () => {
    const views: readonly SavedList[] = [
      { name: 'All', everyone: true },
      { name: 'A', filter: 'name sw "A"', sorter: '-name', includeUncorrelated: true, tenant: 'Acme' },
      { name: 'B', search: 'attributes.department:Sales', tenant: 'Acme' },
    ];
    for (const own of views) {
      assert.deepEqual(fromDraft(toDraft(own, 'user')), own);
      assert.equal(checkSavedList(fromDraft(toDraft(own, 'workspace'))), undefined);
    }
    assert.deepEqual(fromDraft({ ...NEW_DRAFT, name: 'x', search: 'left behind' }), { name: 'x', everyone: true });
    assert.deepEqual(fromDraft({ ...NEW_DRAFT, name: 'x', by: 'search', search: 'a', filter: 'left' }), {
      name: 'x',
      search: 'a',
    });
  });

  it('never loses a filter that was read', () => {
    const filters: fc.Arbitrary<Filter> = fc.oneof(
      condition,
      fc.array(condition, { minLength: 1, maxLength: 3 }).map((parts): Filter => ({ kind: 'or', parts })),
    );
    fc.assert(
      fc.property(filters, (filter) => {
        const own = { name: 'x', filter: filterText(filter) };
        assert.deepEqual(fromDraft(toDraft(own, 'user')), own);
      }),
    );
  });
});

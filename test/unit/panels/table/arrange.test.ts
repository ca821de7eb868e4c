import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Identity } from '../../../../src/api/identities';
import { atOnce } from '../../../../src/actions/bulk/slices';
import { columnsFor, type Column } from '../../../../src/lists/columns';
import { arrange } from '../../../../src/panels/table/arrange';
import { textReader } from '../../../../src/panels/table/cells';
import type { TableEntry } from '../../../../src/panels/table/gathering';

const noFacts = (): undefined => undefined;
const columns = columnsFor([{ id: 'x', name: 'x', attributes: { city: '', level: 0 } }]);
const column = (key: string): Column => {
  const found = columns.find((one) => one.key === key);
  assert.ok(found, key);
  return found;
};
const SHOWN = ['name', 'status', 'attributes.city', 'attributes.level'].map(column);

const word = fc.oneof(
  fc.constantFrom('Sales', 'sales', 'Ångström', 'angstrom', 'a.b*c', '', '(x', '[', '\\', '=1'),
  fc.string({ maxLength: 6 }),
);
const person = fc.record({
  name: word,
  status: fc.constantFrom('ACTIVE', 'LOCKED', null, 'SOMETHING'),
  city: fc.option(word),
  level: fc.option(fc.oneof(fc.integer({ min: -5, max: 200 }), word)),
});

const entries = fc
  .array(fc.oneof({ weight: 9, arbitrary: person }, { weight: 1, arbitrary: fc.constant(null) }), { maxLength: 60 })
  .map((all): TableEntry[] =>
    all.map((one, n) => {
      const key = `id ${String(n)}`;
      if (!one) return { key, asked: `nobody ${String(n)}`, problem: 'notFound', names: [] };
      const { name, status, city, level } = one;
      const identity = { id: key, name, identityStatus: status, attributes: { city, level } } as unknown as Identity;
      return { key, identity };
    }),
  );

const texts = (entry: TableEntry): string[] =>
  entry.identity ? SHOWN.map((one) => textReader(one)(entry.identity, undefined)) : [entry.asked];

describe('rows of a table', () => {
  it('are those that have what is typed in a column, whatever its case, in the order of the list', () => {
    fc.assert(
      fc.property(entries, word, (all, typed) => {
        const found = atOnce(arrange(all, noFacts, { columns: SHOWN, filter: typed, filters: [], sort: undefined }));
        const wanted = typed.trim().toLowerCase();
        const fits = (entry: TableEntry): boolean => texts(entry).some((text) => text.toLowerCase().includes(wanted));
        const places = [...all.keys()].filter((place) => wanted === '' || (all[place] && fits(all[place])));
        const problems = places.filter((place) => !all[place]?.identity);
        assert.deepEqual(found, [...problems, ...places.filter((place) => all[place]?.identity)]);
      }),
    );
  });

  it('are in the order of a column in either direction; what is alike keeps its order, what is unknown comes last', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom('name', 'attributes.level', 'status'), (all, key) => {
        const sort = (order: 'ascending' | 'descending'): readonly number[] =>
          atOnce(
            arrange(all, noFacts, { columns: SHOWN, filter: '', filters: [], sort: { column: column(key), order } }),
          );
        const [up, down] = [sort('ascending'), sort('descending')];
        const everybody = [...all.keys()];
        assert.deepEqual(
          [...up].sort((a, b) => a - b),
          everybody,
        );
        assert.deepEqual(
          [...down].sort((a, b) => a - b),
          everybody,
        );
        const valueOf = (place: number): unknown => {
          const identity = all[place]?.identity;
          return identity && column(key).valueOf(identity);
        };
        const isUnknown = (place: number): boolean => [null, ''].includes(valueOf(place) as null);
        for (const order of [up, down]) {
          const people = order.filter((place) => all[place]?.identity);
          assert.deepEqual(order.slice(order.length - people.length), people, 'entries that are nobody come first');
          const firstUnknown = people.findIndex(isUnknown);
          if (firstUnknown >= 0) assert.ok(people.slice(firstUnknown).every(isUnknown));
          const numbers = people.map(valueOf).filter((value) => typeof value === 'number');
          const sorted = [...numbers].sort((a, b) => (order === up ? a - b : b - a));
          assert.deepEqual(numbers, sorted);
          for (const [n, place] of people.entries()) {
            const next = people[n + 1];
            if (next !== undefined && valueOf(place) === valueOf(next)) assert.ok(place < next);
          }
        }
      }),
    );
  });

  it('can be narrowed to a text in one column, to exactly one value, and to what is unknown', () => {
    const city = column('attributes.city');
    fc.assert(
      fc.property(entries, word, (all, text) => {
        const exact = atOnce(
          arrange(all, noFacts, {
            columns: SHOWN,
            filter: '',
            filters: [[city, { text, exact: true }]],
            sort: undefined,
          }),
        );
        const fits = (place: number): boolean => {
          const identity = all[place]?.identity;
          return identity !== undefined && String(city.valueOf(identity) ?? '') === text;
        };
        assert.deepEqual(exact, [...all.keys()].filter(fits));
      }),
    );
  });

  it('sorts more rows than are sorted at once as if they were', () => {
    const many: TableEntry[] = Array.from({ length: 12_345 }, (_, n) => {
      const key = String(n);
      return { key, identity: { id: key, name: `N${String((n * 7919) % 5003)}` } };
    });
    const name = column('name');
    const found = atOnce(
      arrange(many, noFacts, { columns: [name], filter: '', filters: [], sort: { column: name, order: 'ascending' } }),
    );
    const nameAt = (place: number): string => many[place]?.identity?.name.toLowerCase() ?? '';
    const byName = (a: number, b: number): number => (nameAt(a) < nameAt(b) ? -1 : nameAt(a) > nameAt(b) ? 1 : a - b);
    assert.deepEqual(found, [...many.keys()].sort(byName));
  });
});

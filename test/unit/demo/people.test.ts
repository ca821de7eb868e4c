import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attributesOf } from '../../../src/demo/data/attributes';
import { FEATURED } from '../../../src/demo/data/showcasePeople';
import { createPeople } from '../../../src/demo/data/people';
import { permutation } from '../../../src/demo/data/random';
import { assignmentsOf } from '../../../src/demo/data/assignments';
import { createWorld } from '../../../src/demo/data/world';

const MILLION = createPeople({ identities: 1_000_000, seed: 1 });
const people = createPeople({ identities: 2_000, seed: 1 });
const now = (): number => Date.UTC(2026, 4, 4, 12);

describe('demo: people', () => {
  it('are the same for the same seed and others for another', () => {
    const again = createPeople({ identities: 2_000, seed: 1 });
    const other = createPeople({ identities: 2_000, seed: 2 });
    const read = (who: typeof people) => [who.id(77), who.alias(77), who.status(77), who.title(77)];
    assert.deepEqual(read(again), read(people));
    assert.notEqual(other.id(77), people.id(77));
    assert.notEqual(other.alias(77), people.alias(77));
  });

  it('do not change when there are more of them', () => {
    assert.equal(MILLION.id(1_500), people.id(1_500));
    assert.equal(MILLION.name(1_500), MILLION.names[people.nameKey(1_500)]);
  });

  it('have ids and aliases that lead back to them', () => {
    fc.assert(
      fc.property(fc.nat({ max: MILLION.size - 1 }), (index) => {
        assert.match(MILLION.id(index), /^[0-9a-f]{32}$/);
        assert.equal(MILLION.indexOfId(MILLION.id(index)), index);
        assert.equal(MILLION.indexOfId(MILLION.id(index).toUpperCase()), index);
        assert.match(MILLION.alias(index), /^[a-z]+(\.[a-z]+)?\d*$/);
        assert.equal(MILLION.indexOfAlias(MILLION.alias(index).toUpperCase()), index);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are not found under ids and aliases nobody has', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(people.indexOfId(text), undefined);
        assert.equal(people.indexOfAlias(`${text}§`), undefined);
      }),
    );
    assert.equal(people.indexOfId(people.id(5).replace(/.$/, (last) => (last === '0' ? '1' : '0'))), undefined);
    assert.equal(people.indexOfId(MILLION.id(999_999)), undefined);
    assert.equal(people.indexOfAlias('ada.winterbourne2'), undefined);
  });

  it('have unique aliases, because no two names share their ASCII form', () => {
    const stems = people.names.map((_, key) => people.aliasStem(key));
    assert.equal(new Set(stems).size, stems.length);
    const aliases = Array.from({ length: 50_000 }, (_, index) => MILLION.alias(index));
    assert.equal(new Set(aliases).size, aliases.length);
  });

  it('are mostly active, with some in every other state', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 2_000; index++) {
      counts.set(people.status(index), (counts.get(people.status(index)) ?? 0) + 1);
    }
    assert.ok((counts.get('ACTIVE') ?? 0) > 1_300);
    for (const status of ['REGISTERED', 'UNREGISTERED', 'PENDING', 'LOCKED', 'DISABLED', 'TERMINATED', 'WARNING']) {
      assert.ok((counts.get(status) ?? 0) >= 10, status);
    }
    const errors = Array.from({ length: 2_000 }, (_, index) => index).filter((index) => people.processingError(index));
    assert.ok(errors.length > 20 && errors.length < 80);
    assert.equal(people.size, 2_030);
  });

  it('begin with the featured ones, in index order and by name', () => {
    assert.deepEqual(
      FEATURED.map((_, index) => people.name(index).first),
      FEATURED.map(({ first }) => first),
    );
    const last =
      FEATURED.map(({ first, last }) => `${first} ${last}`)
        .sort()
        .at(-1) ?? '';
    const others = people.names.slice(0, people.names.length - FEATURED.length);
    assert.ok(others.every(({ display }) => display.toLowerCase() > last.toLowerCase()));
  });

  it('have a chain of managers that ends at the first one', () => {
    for (const start of [1_999, 500, 9]) {
      let at: number | undefined = start;
      for (let steps = 0; at !== undefined && at !== 0; steps++) {
        at = people.manager(at);
        assert.ok(at !== undefined && people.isManager(at) && steps < 10);
      }
    }
    assert.equal(people.manager(0), undefined);
  });

  it('have 25 to 45 attributes of every JSON type, the uncorrelated ones fewer', () => {
    for (let index = 0; index < 500; index++) {
      const state = { status: 'ACTIVE', lifecycle: 'active', lastRefresh: now() };
      const count = Object.keys(attributesOf(people, index, now(), state)).length;
      assert.ok(count >= 25 && count <= 45, String(count));
    }
    const values = Array.from({ length: 50 }, (_, index) =>
      Object.values(attributesOf(people, index, now(), { status: 'ACTIVE', lifecycle: null, lastRefresh: 1 })),
    ).flat();
    const kinds = new Set(
      values.map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)),
    );
    assert.deepEqual([...kinds].sort(), ['array', 'boolean', 'null', 'number', 'object', 'string']);
  });

  it('a shuffle is a permutation, and its inverse undoes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (size, key) => {
        const shuffle = permutation(size, key);
        const all = Array.from({ length: size }, (_, index) => shuffle.at(index));
        assert.equal(new Set(all).size, size);
        assert.ok(all.every((value, index) => value >= 0 && value < size && shuffle.indexOf(value) === index));
      }),
      { numRuns: 50 },
    );
  });
});

describe('demo: role assignments', () => {
  const world = createWorld({ identities: 2_000, seed: 1, now });

  it('are two to seven for most, none for one, more than sixty for one, five hundred for one', () => {
    const counts = Array.from({ length: 2_000 }, (_, index) => assignmentsOf(world, index).length);
    assert.deepEqual(counts.slice(1, 6), [7, counts[2], 0, 62, 500]);
    const usual = counts.filter((count) => count >= 2 && count <= 7);
    assert.ok(usual.length > 1_900);
  });

  it('have ids of their own', () => {
    const ids = [4, 5, 100, 101].flatMap((index) => assignmentsOf(world, index).map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
  });

  it('by rule name attributes the person has; by request name who asked; a few tell nothing', () => {
    let untold = 0;
    let all = 0;
    for (let index = 0; index < 300; index++) {
      for (const assignment of assignmentsOf(world, index)) {
        all++;
        const matched = assignment.assignmentContext?.matched ?? [];
        if (assignment.assignmentSource === 'RULE') {
          const [attribute] = matched[0]?.matchedAttributes ?? [];
          const attributes = world.identity(index).attributes ?? {};
          assert.equal(attributes[attribute?.attribute ?? ''], attribute?.value);
        } else if (assignment.assignmentSource === '') {
          untold++;
          assert.equal(assignment.assigner?.type, 'UNKNOWN');
        } else {
          assert.ok(assignment.assigner?.name);
        }
      }
    }
    assert.ok(untold > 0 && untold < all / 5, String(untold));
  });

  it('show future starts, near ends and dimensions at the person to demonstrate with', () => {
    const mine = assignmentsOf(world, 1);
    const day = world.today();
    const daysUntil = (date: string | null | undefined): number => (date ? (Date.parse(date) - day) / 86_400_000 : -1);
    assert.ok(mine.some(({ startDate }) => daysUntil(startDate) > 0));
    assert.ok(mine.some(({ removeDate }) => daysUntil(removeDate) > 0 && daysUntil(removeDate) <= 14));
    assert.ok(mine.some(({ assignmentSource }) => assignmentSource === ''));
    assert.ok(mine.some(({ assignedDimensions }) => (assignedDimensions ?? []).length > 0));
  });
});

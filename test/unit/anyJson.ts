import assert from 'node:assert/strict';
import fc from 'fast-check';

/**
 * Holds a parser of records against anything that JSON can hold: it never throws, what is whole comes back as it was, and of
 * what is not, it gives nothing that it would not take itself.
 *
 * @param parse undefined: it is damaged
 * @param whole records as they are written
 */
export function holdsAgainstAnyJson<T>(parse: (json: unknown) => T | undefined, whole: fc.Arbitrary<T>): void {
  const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');
  const takesBack = (json: unknown): void => {
    const read = parse(stored(json));
    if (read !== undefined) assert.deepEqual(parse(stored(read)), read);
  };
  fc.assert(
    fc.property(whole, (record) => {
      assert.deepEqual(parse(stored(record)), stored(record));
      // A field that a later version added, or a hand.
      assert.ok(parse({ ...(stored(record) as object), 'a field of another version': 1 }));
    }),
  );
  fc.assert(fc.property(fc.jsonValue(), takesBack));
  fc.assert(
    fc.property(whole, fc.nat(), fc.jsonValue(), fc.boolean(), (record, which, wrong, gone) => {
      const fields = Object.entries(record as object);
      const [field = ''] = fields[which % Math.max(1, fields.length)] ?? [];
      const damaged = { ...record, [field]: wrong };
      if (gone) delete damaged[field as keyof T];
      takesBack(damaged);
    }),
  );
}

/** Objects with these fields, and some of those, or none. */
export function withSome<T extends object, O extends object>(
  needed: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { readonly [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<T & Partial<O>> {
  const all: Readonly<Record<string, fc.Arbitrary<unknown>>> = { ...needed, ...optional };
  const made = fc.record(all, { requiredKeys: Object.keys(needed), noNullPrototype: true });
  return made as unknown as fc.Arbitrary<T & Partial<O>>;
}

/** Milliseconds since 1970, as far as there are dates. */
export const anyTime = fc.nat({ max: 8.64e15 });

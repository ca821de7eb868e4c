import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AttributeChanges } from '../../../../src/panels/identity/attributeChanges';

describe('what changed since a person was last opened', () => {
  function memory() {
    const values = new Map<string, unknown>();
    return {
      values,
      keys: () => [...values.keys()],
      get: (key: string) => values.get(key),
      update: (key: string, value: unknown) => {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
        return Promise.resolve();
      },
    };
  }

  it('is nothing the first time, then what is new or differs', () => {
    const seen = new AttributeChanges(memory());
    assert.deepEqual([...seen.compareAndRemember('t', 'i', { city: 'Austin', badge: { n: 1 } })], []);
    assert.deepEqual([...seen.compareAndRemember('t', 'i', { city: 'Austin', badge: { n: 1 } })], []);
    assert.deepEqual(
      [...seen.compareAndRemember('t', 'i', { city: 'Lyon', badge: { n: 1 }, desk: null })],
      ['city', 'desk'],
    );
    assert.deepEqual([...seen.compareAndRemember('t', 'other', { city: 'Lyon' })], []);
  });

  it('is told without keeping a value', () => {
    const kept = memory();
    const seen = new AttributeChanges(kept);
    seen.compareAndRemember('t', 'i', { city: 'Austin' });
    seen.compareAndRemember('t', 'j', { city: 'Austin' });
    const stored = JSON.stringify([...kept.values]);
    assert.doesNotMatch(stored, /Austin/);
    const hashes = [...kept.values.values()].map((value) => (value as { hashes: { city: string } }).hashes.city);
    assert.notEqual(hashes[0], hashes[1], 'equal values of two people must not be seen to be equal');
  });

  it('is forgotten with the tenant, and for whoever was opened longest ago', () => {
    const kept = memory();
    const seen = new AttributeChanges(kept);
    for (let n = 0; n < 250; n++) seen.compareAndRemember(n < 240 ? 'a' : 'b', String(n), { n });
    assert.equal(kept.values.size, 200);
    seen.forget('none');
    assert.equal(kept.values.size, 200);
    seen.forget('a');
    assert.equal(kept.values.size, 10);
  });
});

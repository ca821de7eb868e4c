import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { documentKey, documentPath, stableJson } from '../../../src/documents/address';

describe('documents of a person', () => {
  it('are found again by their path, whoever the person is', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.string({ unit: 'grapheme' }), (tenantId, identityId, title) => {
        const key = { tenantId, identityId, kind: 'ownership' } as const;
        assert.deepEqual(documentKey(documentPath(key, title)), key);
      }),
    );
  });

  it('are named after the person, without what could pretend to be another name', () => {
    const key = { tenantId: 't', identityId: 'i', kind: 'identity' } as const;
    assert.equal(documentPath(key, 'Walter White'), '/t/i/identity/Walter White.json');
    assert.equal(documentPath(key, 'a/b\\c\nd\u202egnp.exe'), '/t/i/identity/a b c d gnp.exe.json');
    assert.equal(documentPath(key, '\u202e'), '/t/i/identity/i.json');
    assert.ok(documentPath(key, 'x'.repeat(100_000)).length < 120);
  });

  it('are not found by any other path', () => {
    for (const path of [
      '',
      '/',
      '/t/i/identity',
      '/t/i/other/x.json',
      '/t//identity/x.json',
      '/t/i/identity/x/y.json',
    ]) {
      assert.equal(documentKey(path), undefined, path);
    }
  });

  it('have their keys in an order that does not depend on the answer', () => {
    const a = stableJson({ b: 1, name: 'n', a: [{ z: 1, id: 2 }], id: 3 });
    const b = stableJson({ id: 3, a: [{ id: 2, z: 1 }], name: 'n', b: 1 });
    assert.equal(a, b);
    assert.deepEqual(Object.keys(JSON.parse(a) as object), ['id', 'name', 'a', 'b']);
    assert.equal(stableJson(JSON.parse('{"__proto__":{"x":1}}')), '{\n  "__proto__": {\n    "x": 1\n  }\n}\n');
  });
});

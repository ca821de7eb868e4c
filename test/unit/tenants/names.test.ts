import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isTaken, namesApart, uniqueName } from '../../../src/tenants/names';
import { plain } from '../../../src/text/plain';

const acme = 'https://acme.api.identitynow.com';
const emea = 'https://acme-emea.api.identitynow.com';

describe('names of tenants', () => {
  it('are counted up from two, whatever the case of letters', () => {
    assert.equal(uniqueName('acme', []), 'acme');
    assert.equal(uniqueName('acme', [{ name: 'Acme' }, { name: 'acme (2)' }]), 'acme (3)');
  });

  it('are taken where they look alike', () => {
    const tenants = [{ name: 'Acme EMEA' }, { name: 'Globex (globex.com)', storedName: 'Globex' }];
    for (const name of ['acme emea', ' Acme  EMEA ', 'Acme\u200b EMEA', 'Ａcme EMEA', 'GLOBEX', 'Globex (globex.com)'])
      assert.ok(isTaken(name, tenants), JSON.stringify(name));
    assert.ok(!isTaken('Acme', tenants));
  });

  it('that are stored alike are told apart by host, and by number where that is the same', () => {
    const tenants = [
      { id: 'c', name: 'Acme', baseUrl: acme },
      { id: 'a', name: 'acme', baseUrl: acme },
      { id: 'b', name: 'Acme', baseUrl: emea },
      { id: 'd', name: 'Globex', baseUrl: acme },
    ];
    const apart = new Map([
      ['a', 'acme (acme.api.identitynow.com)'],
      ['b', 'Acme (acme-emea.api.identitynow.com)'],
      ['c', 'Acme (acme.api.identitynow.com) (2)'],
    ]);
    assert.deepEqual(namesApart(tenants), apart);
    assert.deepEqual(namesApart(tenants.toReversed()), apart, 'whatever their order');
    assert.deepEqual(namesApart(tenants.slice(2)), new Map());
  });

  it('are told apart however long they are', () => {
    const name = 'a'.repeat(5_000);
    const tenants = ['1', '2', '3'].map((id) => ({ id, name, baseUrl: acme }));
    const apart = [...namesApart(tenants).values(), uniqueName(name, [{ name }])].map((called) => plain(called));
    assert.equal(new Set(apart).size, 4, apart.join('\n'));
    const far = `https://${'b'.repeat(5_000)}.example`;
    assert.equal(new Set(namesApart(tenants.map((each) => ({ ...each, baseUrl: far }))).values()).size, 3);
  });

  it('never look alike in the end, whatever is stored', () => {
    const name = fc.oneof(
      fc.constantFrom('Acme', 'acme', 'Acme (2)', 'Acme (acme.api.identitynow.com)', ' ', '', 'Acme\u200b'),
      fc.string({ unit: 'binary' }),
    );
    const stored = fc.record({ name, baseUrl: fc.constantFrom(acme, emea, '') });
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 8 }), (all) => {
        const tenants = all.map((tenant, n) => ({ ...tenant, id: String(n) }));
        const apart = namesApart(tenants);
        const called = tenants.map((tenant) =>
          plain(apart.get(tenant.id) ?? tenant.name)
            .trim()
            .toLowerCase(),
        );
        assert.equal(new Set(called).size, called.length, JSON.stringify(called));
      }),
    );
  });
});

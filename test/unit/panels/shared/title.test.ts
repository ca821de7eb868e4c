import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { panelTitle } from '../../../../src/panels/shared/title';

describe('title of a panel', () => {
  it('is the name, in one line and short', () => {
    assert.equal(panelTitle('Ada Winterbourne'), 'Ada Winterbourne');
    assert.equal(panelTitle(' Ada\n\tWinterbourne '), 'Ada Winterbourne');
    assert.equal(panelTitle('x'.repeat(100_000)).length, 60);
  });

  it('keeps names of every script and drops what turns their direction', () => {
    assert.equal(panelTitle('מרים כהן'), 'מרים כהן');
    assert.equal(panelTitle('👩‍💻 Ada'), '👩‍💻 Ada');
    assert.equal(panelTitle('invoice\u202egnp.exe'), 'invoice gnp.exe');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        assert.doesNotMatch(panelTitle(name), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { rateMeter } from '../../../../src/panels/batch/rate';

describe('rate of a batch', () => {
  const at = (requests: number) => ({ phase: 'running', requestStats: { requests, since: 0 } }) as const;

  it('is known once two looks are a second apart, and is that of the last seconds', () => {
    const rate = rateMeter();
    assert.equal(rate(at(0), 0), undefined);
    assert.equal(rate(at(5), 500), undefined);
    assert.equal(rate(at(10), 1_000), 10);
    for (let second = 2; second <= 60; second++) rate(at(10), second * 1_000);
    assert.equal(rate(at(10), 61_000), 0);
  });

  it('begins anew after a pause and with another run', () => {
    const rate = rateMeter();
    rate(at(100), 0);
    assert.equal(rate(at(110), 1_000), 10);
    assert.equal(rate({ phase: 'paused', requestStats: { requests: 110, since: 0 } }, 2_000), undefined);
    assert.equal(rate(at(110), 60_000), undefined);
    assert.equal(rate(at(120), 61_000), 10);
    assert.equal(rate(at(3), 62_000), undefined);
    assert.equal(rate(at(13), 63_000), 10);
  });
});

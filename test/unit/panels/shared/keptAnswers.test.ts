import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keptAnswers, type KeptAnswers } from '../../../../src/panels/shared/keptAnswers';

describe('the answers kept for a panel', () => {
  const result = (kept: KeptAnswers, wanted: string) => kept.all().find(({ question }) => question === wanted)?.result;

  it('are the last of each question, with their age', () => {
    let now = 1_000;
    const kept = keptAnswers(() => now);
    assert.deepEqual(kept.all(), []);
    kept.asked('roles null')('old');
    kept.asked('roles null')('new');
    kept.asked('identity null')('Ada');
    now = 4_000;
    assert.deepEqual(kept.all(), [
      { question: 'roles null', result: 'new', ageMs: 3_000 },
      { question: 'identity null', result: 'Ada', ageMs: 3_000 },
    ]);
  });

  it('are gone once something changed, those still under way among them', () => {
    const kept = keptAnswers();
    kept.asked('identity null')('before');
    const underWay = kept.asked('roles null');
    kept.forget();
    underWay('before');
    assert.deepEqual(kept.all(), []);
    kept.asked('roles null')('after');
    assert.equal(result(kept, 'roles null'), 'after');
  });

  it('are a hundred at most: the oldest go', () => {
    const kept = keptAnswers();
    for (let n = 0; n < 100; n++) kept.asked(String(n))(n);
    kept.asked('0')('again');
    kept.asked('one more')(1);
    assert.deepEqual(
      ['0', '1', '2', 'one more'].map((question) => result(kept, question)),
      ['again', undefined, 2, 1],
    );
  });
});

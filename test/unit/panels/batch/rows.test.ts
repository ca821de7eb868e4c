import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SkipReason } from '../../../../src/actions/action';
import type { BatchRow } from '../../../../src/actions/bulk/batch';
import { excludableRows, matchingRows, SKIP_REASONS, windowStart } from '../../../../src/panels/batch/rows';
import { SHOWN, type Shown } from '../../../../src/panels/batch/protocol';

const row = (name: string, more: Partial<BatchRow> = {}): BatchRow => ({
  asked: `${name.toLowerCase()}@acme.example`,
  person: { id: name, name, alias: name.toLowerCase() },
  skip: null,
  excluded: false,
  state: 'planned',
  ...more,
});
const skipped = (name: string, reason: SkipReason, note?: string): BatchRow =>
  row(name, { skip: note === undefined ? { reason } : { reason, note } });

describe('people of a batch that are listed', () => {
  const rows = [
    row('Ada'),
    skipped('Bea', 'owner', 'owner of 2 roles'),
    row('Cleo', { excluded: true }),
    row('Dora', { state: 'done' }),
    row('Eve', { state: 'unknown' }),
    row('Fay', { state: 'failed', message: 'ISC returned an error (HTTP 503).' }),
    row('Gus', { state: 'started' }),
    row('Hal', { state: 'sending' }),
    row('Ida', { person: null, skip: { reason: 'notFound' } }),
  ];
  const names = (shown: Shown, filter = '', phase: 'planned' | 'running' | 'ended' = 'running'): string =>
    matchingRows({ rows, phase }, { shown, filter })
      .map((n) => rows[n]?.asked.slice(0, 3))
      .join(' ');

  it('are those of one kind', () => {
    assert.equal(names('all'), 'ada bea cle dor eve fay gus hal ida');
    assert.equal(names('chosen'), 'ada dor eve fay gus hal');
    assert.equal(names('excluded'), 'cle');
    assert.equal(names('skipped'), 'bea ida');
    assert.equal(names('skip.owner'), 'bea');
    assert.equal(names('planned'), 'ada');
    assert.equal(names('going'), 'gus hal');
    for (const [shown, name] of [
      ['done', 'dor'],
      ['unknown', 'eve'],
      ['failed', 'fay'],
    ] as const) {
      assert.equal(names(shown), name);
    }
  });

  it('are found by name, alias, address, what was asked for, and what was said', () => {
    assert.equal(names('all', ' DORA '), 'dor');
    assert.equal(names('all', 'ida@acme'), 'ida');
    assert.equal(names('all', '503'), 'fay');
    assert.equal(names('all', '2 roles'), 'bea');
    assert.equal(names('chosen', '2 roles'), '');
  });

  it('begin in a result with those that went wrong', () => {
    assert.equal(names('all', '', 'ended'), 'fay eve ada bea cle dor gus hal ida');
  });

  it('can be left out or taken in again in a plan only, unless it skips them', () => {
    const all = rows.map((_, n) => n);
    const plan = { rows, phase: 'planned' } as const;
    assert.deepEqual(excludableRows(plan, [...all, 99], false), [0, 3, 4, 5, 6, 7]);
    assert.deepEqual(excludableRows(plan, all, true), [2]);
    assert.deepEqual(excludableRows({ rows, phase: 'running' }, all, false), []);
  });

  it('are a window that never begins past their end', () => {
    assert.equal(windowStart(200, 100, 1000), 200);
    assert.equal(windowStart(200, 100, 200), 100);
    assert.equal(windowStart(200, 100, 1), 0);
    assert.equal(windowStart(200, 100, 0), 0);
  });

  it('can be narrowed to each reason to be skipped', () => {
    const reasons = SHOWN.flatMap((shown) => (shown.startsWith('skip.') ? [shown.slice('skip.'.length)] : []));
    assert.deepEqual(reasons.sort(), [...SKIP_REASONS].sort());
  });
});

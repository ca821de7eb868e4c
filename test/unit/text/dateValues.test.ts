import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dateIn, isBookkeeping } from '../../../src/text/dateValues';

describe('raw values', () => {
  it('are dates when they are ISO texts, milliseconds or as Java writes them, and only then', () => {
    assert.deepEqual(dateIn('x', '2026-03-31'), { kind: 'day', iso: '2026-03-31T00:00:00' });
    assert.equal(dateIn('x', '2026-03-31T07:02:00Z')?.kind, 'moment');
    assert.equal(dateIn('lastSyncDate', '1795555980000')?.iso, new Date(1795555980000).toISOString());
    assert.equal(dateIn('x', 1795555980000)?.kind, 'moment');
    assert.equal(dateIn('x', 'Tue Mar 31 07:02:00 UTC 2026')?.kind, 'moment');
    for (const [name, value] of [
      ['employeeNumber', '1795555980000'],
      ['x', '2026-02-31x'],
      ['x', 'Tuesday'],
      ['x', 42],
      ['date', '2026-99-99'],
    ] as const) {
      assert.equal(dateIn(name, value), undefined, String(value));
    }
  });

  it('that say when the service last looked are no change', () => {
    for (const name of [
      'lastSyncDate',
      'lastRefresh',
      'modified',
      'lastModifiedDate'.replace('Modified', 'modified'),
    ]) {
      assert.ok(isBookkeeping(name), name);
    }
    for (const name of ['department', 'startDate', 'refreshment', 'lastLogin']) assert.ok(!isBookkeeping(name), name);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Identity } from '../../../../src/api/identities';
import { summaryRows } from '../../../../src/panels/identity/summary';

describe('summary of an identity', () => {
  const identity = (attributes: Record<string, unknown>, more: Partial<Identity> = {}): Identity => ({
    id: '1',
    name: 'Ada',
    attributes,
    ...more,
  });

  it('has what users look for first, by the names tenants use, in one order', () => {
    const rows = summaryRows(
      identity(
        { endDate: '2027-03-01', City: 'Austin', jobTitle: 'Engineer', department: 'Sales', hireDate: '2025-02-14' },
        { managerRef: { id: 'm', name: 'Bo' }, lifecycleState: { stateName: 'active' } },
      ),
    );
    assert.deepEqual(
      rows.map(({ label, text }) => `${label}: ${text}`),
      [
        'Title: Engineer',
        'Department: Sales',
        'Manager: Bo',
        'Location: Austin',
        'Lifecycle state: active',
        'Start date: 14 Feb 2025',
        'End date: 1 Mar 2027',
      ],
    );
    assert.deepEqual(rows[2]?.person, { id: 'm', name: 'Bo' });
    assert.equal(rows[5]?.exact, '2025-02-14');
  });

  it('leaves out what the identity does not have, and what is no text', () => {
    assert.deepEqual(summaryRows(identity({ title: ' ', department: 7, location: null })), []);
    assert.deepEqual(summaryRows({ id: '1', name: 'Ada' }), []);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RoleAssignment } from '../../../../src/api/roleAssignments';
import { presentWhy, whyAnswer } from '../../../../src/panels/roleAssignment/present';
import type { Tenant } from '../../../../src/tenants/tenant';

describe('why an identity has a role, in words', () => {
  const present = (more: Partial<RoleAssignment>, attributes: Record<string, unknown> = {}) =>
    presentWhy(
      { id: 'a', role: { id: 'r', name: 'Engineer' }, ...more },
      { id: 'ada', name: 'Ada', attributes },
      { id: 'ada', name: 'Ada' },
      { name: 'Acme', environment: 'sandbox', readOnly: false } as Tenant,
    );
  const computed = (computedDate: string | null) =>
    present({ assignmentContext: { computedDate } }).evidence.find(({ label }) => label === 'Computed');

  it('says when it was computed as other dates, however ISC writes it, and else as it came', () => {
    for (const raw of ['Tue Mar 31 07:02:00 UTC 2026', '2026-03-31T07:02:00Z']) {
      const fact = computed(raw);
      assert.equal(fact?.value, '31 Mar 2026', raw);
      assert.match(fact?.exact ?? '', /31 Mar 2026, \d/);
    }
    assert.deepEqual(computed('some day'), { label: 'Computed', value: 'some day' });
    assert.deepEqual(computed(''), { label: 'Computed', value: null });
    assert.deepEqual(computed(null), { label: 'Computed', value: null });
  });

  it('says matched and requested values as all raw values are said', () => {
    const matched = [{ matchedAttributes: [{ attribute: 'hireDate', value: '2026-03-31' }] }];
    const assignment = { assignmentContext: { matched } };
    assert.deepEqual(present(assignment, { hireDate: '2026-04-01' }).matched, [
      { attribute: 'hireDate', matched: '31 Mar 2026', present: '1 Apr 2026', same: false },
    ]);
    // Compared as they came.
    assert.equal(present(assignment, { hireDate: '2026-03-31' }).matched[0]?.same, true);
    assert.equal(
      whyAnswer({ id: 'a', role: { id: 'r' }, ...assignment }).sentence,
      'Assigned by rule: hireDate is 31 Mar 2026.',
    );
    const contextAttributes = [{ attribute: 'department', value: 'Sales' }];
    const requested = present({ assignmentContext: { requested: { contextAttributes } } }).requested;
    assert.deepEqual(requested, [{ attribute: 'department', value: 'Sales', derived: false }]);
  });
});

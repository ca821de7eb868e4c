import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Tenant } from '../../../src/tenants/tenant';
import { accessIcon, accessLabel } from '../../../src/tenants/text';

describe('whether changes to a tenant are allowed', () => {
  const tenant = (more: Partial<Tenant>): Tenant => ({ environment: 'production', readOnly: false, ...more }) as Tenant;

  it('is an icon wherever it is a word', () => {
    const cases: readonly [Tenant, string | undefined][] = [
      [tenant({ readOnly: true }), 'lock'],
      [tenant({}), 'unlock'],
      [tenant({ unlockedUntil: Date.now() + 1000 }), 'unlock'],
      [tenant({ environment: 'sandbox' }), undefined],
      [tenant({ environment: 'sandbox', readOnly: true }), 'lock'],
    ];
    for (const [one, icon] of cases) {
      assert.equal(accessIcon(one), icon);
      assert.equal(accessLabel(one) === undefined, icon === undefined);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RoleAssignment } from '../../../../src/api/roleAssignments';
import {
  accountsBySource,
  assigner,
  assignmentOrigin,
  matchedRows,
  valueText,
} from '../../../../src/panels/roleAssignment/origin';
import { parseWhyKeys, whyParams } from '../../../../src/panels/roleAssignment/protocol';

const bare: RoleAssignment = { id: 'a', role: { id: 'r', name: 'Engineer' } };
const matched = (attribute: string, value: unknown): RoleAssignment => ({
  ...bare,
  assignmentContext: { matched: [{ matchedAttributes: [{ attribute, value }] }] },
});

describe('facts of a role assignment', () => {
  it('knows a rule by what it matched, or by its source', () => {
    assert.equal(assignmentOrigin(matched('department', 'Engineering')), 'rule');
    assert.equal(assignmentOrigin({ ...bare, assignmentSource: 'RULE' }), 'rule');
    assert.equal(assignmentOrigin({ ...bare, assignmentSource: 'role membership' }), 'rule');
  });

  it('knows a request by who made it, why, with what, or where', () => {
    assert.equal(assignmentOrigin({ ...bare, assigner: { type: 'IDENTITY', id: 'i', name: 'W. Wilson' } }), 'request');
    assert.equal(assignmentOrigin({ ...bare, comments: 'new engineer' }), 'request');
    assert.equal(assignmentOrigin({ ...bare, assignmentSource: 'UI' }), 'request');
    const contextAttributes = [{ attribute: 'region', value: 'US' }];
    assert.equal(assignmentOrigin({ ...bare, assignmentContext: { requested: { contextAttributes } } }), 'request');
  });

  it('says unknown when the service says nothing', () => {
    assert.equal(assignmentOrigin(bare), 'unknown');
    const blank: RoleAssignment = {
      ...bare,
      comments: '',
      assignmentSource: '',
      assigner: { type: 'UNKNOWN', id: '', name: null },
      assignmentContext: { requested: null, matched: [{ matchedAttributes: [] }] },
    };
    assert.equal(assignmentOrigin(blank), 'unknown');
    assert.equal(assignmentOrigin({ ...bare, assignmentSource: 'SOMETHING NEW' }), 'unknown');
  });

  it('names an assigner only when there is one', () => {
    assert.deepEqual(assigner({ ...bare, assigner: { type: 'IDENTITY', id: 'i', name: null } }), {
      id: 'i',
      name: 'i',
    });
    assert.equal(assigner({ ...bare, assigner: { type: 'UNKNOWN', id: 'i', name: 'System' } }), undefined);
    assert.equal(assigner({ ...bare, assigner: null }), undefined);
  });

  it('puts matched attributes beside present ones', () => {
    const [row] = matchedRows(matched('department', 'Engineering'), { department: 'engineering' });
    assert.deepEqual(row, { attribute: 'department', matched: 'Engineering', present: 'engineering', same: true });
    assert.equal(matchedRows(matched('department', 'Engineering'), { department: 'Sales' })[0]?.same, false);
    assert.equal(matchedRows(matched('department', 'Engineering'), {})[0]?.same, false);
    assert.equal(matchedRows(matched('department', 'Engineering'), undefined)[0]?.same, null);
  });

  it('writes any value in one line', () => {
    assert.deepEqual(['a', ['a', 'b'], 1, true, null, { a: 1 }].map(valueText), [
      'a',
      'a, b',
      '1',
      'true',
      '',
      '{"a":1}',
    ]);
  });

  it('groups accounts by source', () => {
    const target = (source: string, nativeIdentity: string) => ({
      source: { id: source, name: source },
      accountInfo: { nativeIdentity },
      role: { id: 'p', name: 'Profile' },
    });
    assert.deepEqual(
      accountsBySource({ ...bare, accountTargets: [target('AD', 'a'), target('Okta', 'b'), target('AD', 'c')] }),
      [
        {
          source: 'AD',
          accounts: [
            { name: 'a', via: 'Profile' },
            { name: 'c', via: 'Profile' },
          ],
        },
        { source: 'Okta', accounts: [{ name: 'b', via: 'Profile' }] },
      ],
    );
    assert.deepEqual(accountsBySource({ ...bare, accountTargets: [{}] }), [
      { source: '', accounts: [{ name: '', via: '' }] },
    ]);
    assert.deepEqual(accountsBySource({ ...bare, accountTargets: null }), []);
  });
});

describe('messages of the role assignment panel', () => {
  it('restores from keys only', () => {
    const keys = { tenantId: 't', identityId: 'i', assignmentId: 'a', name: 'Walter White', role: 'Engineer' };
    assert.deepEqual(parseWhyKeys({ ...keys, comment: 'x' }), keys);
    for (const state of [undefined, null, [], { ...keys, assignmentId: '' }, { ...keys, role: 1 }, { tenantId: 't' }]) {
      assert.equal(parseWhyKeys(state), undefined);
    }
  });

  it('allows two actions', () => {
    assert.deepEqual(whyParams.act({ action: 'showLog' }), { action: 'showLog' });
    assert.equal(whyParams.act({ action: 'synchronize' }), undefined);
    assert.equal(whyParams.openIdentity({ name: 'x' }), undefined);
  });
});

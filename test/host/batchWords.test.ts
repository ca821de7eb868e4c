import assert from 'node:assert/strict';
import type { ActionId } from '../../src/actions/catalog';
import { countsOf, type Batch, type BatchRow, type RowState } from '../../src/actions/bulk/batch';
import {
  batchTitle,
  effectButton,
  effectText,
  rowLabel,
  skipReasonText,
  skipText,
  summaryText,
} from '../../src/actions/bulk/text';
import { formatDuration } from '../../src/text/dates';

const ACTIONS: readonly ActionId[] = ['synchronize', 'process', 'invite', 'verification', 'reset', 'delete'];

const row = (more: Partial<BatchRow> = {}): BatchRow => ({
  asked: 'ada',
  person: { id: 'a', name: 'Ada' },
  skip: null,
  excluded: false,
  state: 'planned',
  ...more,
});

const batch = (action: ActionId, rows: readonly BatchRow[], phase: Batch['phase'] = 'planned'): Batch => ({
  id: 'b',
  tenantId: 't',
  action,
  from: '2 selected identities',
  createdAt: 0,
  phase,
  rows,
});

suite('words of a batch', () => {
  test('name the action, how many people and the tenant', () => {
    const rows = [row(), row(), row({ excluded: true }), row({ skip: { reason: 'noEmail' } })];
    assert.equal(batchTitle(batch('invite', rows), 'Acme Sandbox'), 'Invite 2 identities in Acme Sandbox');
    assert.equal(batchTitle(batch('delete', [row()]), 'Acme'), 'Delete 1 identity from Acme');
    assert.equal(batchTitle(batch('process', rows, 'planning'), 'Acme'), 'Process identities in Acme');
    const link = { ...batch('verification', rows), mail: { via: 'LINK_WORK', sourceName: null } } as const;
    assert.equal(batchTitle(link, 'Acme'), 'Send a password reset link to 2 identities in Acme');
  });

  test('name the effect on the button, and what cannot be undone', () => {
    assert.equal(effectButton('invite', 12), 'Send 12 invitations');
    assert.equal(effectButton('delete', 17), 'Delete 17 identities');
    assert.equal(effectButton('process', 12431), 'Process 12,431 identities');
    assert.equal(effectButton('verification', 1), 'Send email');
    for (const action of ACTIONS) {
      assert.match(effectText(batch(action, []), 3), /\b3 /, action);
      assert.match(effectText(batch(action, []), 1), /\b1 /, action);
    }
    for (const action of ['reset', 'delete'] as const) {
      assert.match(effectText(batch(action, []), 3), /cannot be undone\.$/);
    }
    const mail = { via: 'LINK_PERSONAL', sourceName: 'Active Directory' } as const;
    assert.match(
      effectText({ action: 'verification', mail }, 3),
      /^A password reset link is sent to the personal email of 3 identities\. .*Active Directory.* 2 hours/,
    );
  });

  test('say why somebody is left out', () => {
    assert.equal(skipText({ reason: 'owner', note: 'owner of 2 roles and 1 source' }), 'owner of 2 roles and 1 source');
    assert.equal(skipText({ reason: 'owner' }), 'owns objects');
    assert.equal(
      skipText({ reason: 'registered', note: 'ACTIVE' }),
      'status is active; ISC invites only unregistered identities',
    );
    assert.equal(skipReasonText('duplicate'), 'listed more than once');
  });

  test('say what will happen, happened or did not', () => {
    const words = (state: RowState, phase: Batch['phase'], action: ActionId = 'delete'): string =>
      rowLabel(row({ state }), batch(action, [], phase)).word;
    assert.equal(words('planned', 'planned'), 'will be deleted');
    assert.equal(words('planned', 'paused'), 'not sent yet');
    assert.equal(words('planned', 'ended'), 'not sent');
    assert.equal(words('done', 'ended'), 'deleted');
    assert.equal(words('done', 'ended', 'reset'), 'reset accepted');
    assert.equal(words('unknown', 'ended'), 'unknown: may have taken effect');
    const skipped = row({ skip: { reason: 'notFound' }, person: null });
    assert.equal(rowLabel(skipped, batch('delete', [])).word, 'skipped: not found');
    assert.equal(rowLabel(row({ excluded: true }), batch('delete', [])).word, 'excluded');
  });

  test('sum up what became of everybody', () => {
    const rows = [
      ...Array.from({ length: 1200 }, () => row({ state: 'done' })),
      row({ state: 'failed' }),
      row({ state: 'started' }),
      row(),
      row({ skip: { reason: 'owner' } }),
    ];
    const summary = '1,200 done, 1 failed, 1 in progress, 1 not sent, 1 skipped';
    assert.equal(summaryText(countsOf(rows)), summary);
    assert.equal(summaryText(countsOf([])), 'no identities');
  });

  test('say how long something takes', () => {
    assert.equal(formatDuration(0.2), '1 second');
    assert.equal(formatDuration(90), '90 seconds');
    assert.equal(formatDuration(91), '2 minutes');
    assert.equal(formatDuration(7500), '2 hours 5 minutes');
    assert.equal(formatDuration(3600), '1 hour');
  });
});

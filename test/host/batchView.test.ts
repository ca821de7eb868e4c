import assert from 'node:assert/strict';
import type { Batch, BatchRow } from '../../src/actions/bulk/batch';
import { presentBatch, presentRow } from '../../src/panels/batch/present';
import type { BatchPresent } from '../../src/panels/batch/protocol';
import type { Tenant } from '../../src/tenants/tenant';

const tenant: Tenant = {
  id: 't',
  name: 'Acme Sandbox',
  baseUrl: 'https://acme.api.example',
  version: 'v2024',
  environment: 'sandbox',
  readOnly: false,
  kind: 'isc',
  auth: 'pat',
};

const people = (n: number, more: Partial<BatchRow> = {}): BatchRow[] =>
  Array.from({ length: n }, (_, i) => ({
    asked: `id-${String(i)}`,
    person: { id: `id-${String(i)}`, name: `Person ${String(i)}` },
    skip: null,
    excluded: false,
    state: 'planned',
    ...more,
  }));

const batch = (more: Partial<Batch> = {}): Batch => ({
  id: 'b',
  tenantId: 't',
  action: 'invite',
  from: '16 selected identities',
  createdAt: 0,
  phase: 'planned',
  rows: [
    ...people(12),
    ...people(2, { skip: { reason: 'registered', note: 'active' } }),
    ...people(1, { skip: { reason: 'noEmail' } }),
    ...people(1, { excluded: true }),
  ],
  ...more,
});

const figures = ({ figures: all }: BatchPresent): string[] => all.map(({ value, label }) => `${value} ${label}`);
const buttons = ({ buttons: all }: BatchPresent): string[] =>
  all.map(({ label, enabled }) => (enabled ? label : `(${label})`));
const notes = ({ notes: all }: BatchPresent): string => all.map(({ text }) => text).join('\n');

suite('panel of a batch', () => {
  test('says what each run brought, and does not call ended what ISC still works on', () => {
    const rows = [
      ...people(2, { state: 'done' }),
      ...people(1, { state: 'failed', run: 2 }),
      ...people(1, { state: 'started', run: 2 }),
    ];
    const outcome = { planned: 0, sending: 0, started: 0, done: 2, failed: 2, unknown: 0 };
    const view = presentBatch(
      batch({
        phase: 'ended',
        rows,
        startedAt: 1,
        endedAt: 2,
        runs: [
          { scope: 'planned', startedAt: 1, endedAt: 2, people: 4, outcome },
          { scope: 'failed', startedAt: 3, endedAt: 4, people: 2 },
        ],
      }),
      tenant,
    );
    assert.match(view.runs[0] ?? '', /^First run, .*1970.*, 4 identities: 2 done, 2 failed$/);
    assert.match(view.runs[1] ?? '', /^Retry of failed, .*, 2 identities: 1 failed, 1 in progress$/);
    assert.equal(view.standing.word, 'sent: in progress in ISC');
    assert.deepEqual(presentBatch(batch({ phase: 'ended', rows, startedAt: 1, endedAt: 2 }), tenant).runs, []);
  });

  test('says what a plan will do, to whom, whom it leaves out, and how long it takes', () => {
    const view = presentBatch(batch(), tenant);
    assert.equal(view.heading, 'Plan: invite 12 identities in Acme Sandbox');
    assert.match(view.effect, /^12 emails are sent .* cannot be recalled\.$/);
    assert.deepEqual(figures(view), [
      '16 total',
      '12 included',
      '1 excluded',
      '1 skipped: no email address',
      '2 skipped: status other than unregistered',
      '1 request',
      '1 second at least, given the rate limit',
    ]);
    assert.deepEqual(buttons(view), ['Send 12 invitations', 'Export CSV', 'Export JSON']);
    assert.equal(view.address, 'Email goes to');
    const long = presentBatch(batch({ action: 'delete', rows: people(10_000) }), tenant);
    assert.ok(figures(long).includes('18 minutes at least, given the rate limit'), figures(long).join());
  });

  test('offers nothing that sends in a read-only tenant, but to unlock it', () => {
    const locked = { ...tenant, readOnly: true, environment: 'production' } as const;
    const view = presentBatch(batch(), locked);
    assert.deepEqual(buttons(view), ['(Send 12 invitations)', 'Export CSV', 'Export JSON']);
    assert.match(notes(view), /^Acme Sandbox is read-only: nothing can be sent\.$/);
    assert.equal(view.notes[0]?.button?.action, 'unlock');
    assert.equal(view.notes[0]?.button?.label, 'Unlock and continue');
    assert.ok(view.tenant.production);
    assert.match(notes(presentBatch(batch(), tenant, { signedOut: true })), /signed out/);
  });

  test('says that a plan has nobody left', () => {
    const view = presentBatch(batch({ rows: people(3, { excluded: true }) }), tenant);
    assert.deepEqual(buttons(view)[0], '(Send 0 invitations)');
    assert.match(notes(view), /No identities left/);
    assert.equal(view.effect, '');
  });

  test('says how far the plan is, and why there is none', () => {
    const planning = presentBatch(
      batch({ phase: 'planning', rows: [], planProgress: { done: 1250, of: 12431 } }),
      tenant,
    );
    assert.equal(planning.progress?.words, '1,250 of 12,431 checked');
    assert.deepEqual(buttons(planning), ['Stop']);
    const failed = presentBatch(batch({ phase: 'failed', rows: [], problem: 'The token lacks a scope.' }), tenant);
    assert.equal(notes(failed), 'The token lacks a scope.');
    assert.match(failed.standing.word, /nothing sent/);
  });

  test('says how a run goes: how many, how fast, how long still, what it waits for', () => {
    const rows = [...people(300), ...people(96, { state: 'done' }), ...people(4, { state: 'failed' })];
    const running = batch({
      action: 'reset',
      phase: 'running',
      startedAt: 1000,
      rows,
      waitingUntil: 16_500,
    });
    const view = presentBatch(running, tenant, { rate: 10, now: 11_000 });
    assert.equal(view.heading, 'Reset 400 identities in Acme Sandbox');
    assert.deepEqual(view.progress, { done: 100, of: 400, words: '100 of 400 sent' });
    assert.deepEqual(view.pace, [
      '10 requests/s',
      'about 36 seconds left',
      'waiting for the ISC rate limit, continuing in 6 seconds',
    ]);
    assert.deepEqual(buttons(view), ['Pause', 'Stop']);
    assert.deepEqual(figures(view), ['400 total', '4 failed', '96 done', '300 remaining']);
    const paused = presentBatch({ ...running, phase: 'paused', problem: 'ISC refused the credentials.' }, tenant, {
      signedOut: true,
    });
    assert.deepEqual(buttons(paused), ['Resume', 'Stop']);
    assert.deepEqual(paused.pace, []);
    assert.match(notes(paused), /refused the credentials\.\nAcme Sandbox is signed out\./);
  });

  test('sums up a result: what failed, what is unknown, what was not sent', () => {
    const rows = [
      ...people(1, { state: 'unknown' }),
      ...people(3, { state: 'failed' }),
      ...people(5),
      ...people(20, { state: 'done' }),
      ...people(2, { state: 'started' }),
    ];
    const ended = batch({ phase: 'ended', rows, startedAt: 1, endedAt: 2 });
    const view = presentBatch(ended, tenant);
    assert.deepEqual(figures(view), ['31 total', '3 failed', '1 unknown', '20 done', '2 in progress', '5 not sent']);
    assert.deepEqual(buttons(view), ['Retry failed (3)', 'Run remaining (5)', 'Export CSV', 'Export JSON']);
    assert.match(notes(view), /still working on 2 identities/);
    assert.match(notes(view), /1 identity: sent, but no clear response was received\. .* not resent automatically\./);
    assert.ok(view.keys.begun);
    const elsewhere = presentBatch({ ...ended, phase: 'running', elsewhere: true }, tenant);
    assert.deepEqual(buttons(elsewhere), ['Export CSV', 'Export JSON']);
    assert.match(notes(presentBatch({ ...ended, interrupted: true }, tenant)), /definitely not sent/);
  });

  test('shows what somebody owns where that stands in the way, and what the service said', () => {
    const owner = people(1, { skip: { reason: 'owner', note: 'owner of 2 roles' } })[0] as BatchRow;
    const skipped = presentRow(owner, 4, batch({ action: 'delete' }));
    assert.deepEqual([skipped.row, skipped.owner, skipped.canExclude], [4, true, false]);
    assert.equal(skipped.state.word, 'skipped: owner of 2 roles');
    const failed = people(1, { state: 'failed', message: 'refused', trackingId: 'a1' })[0] as BatchRow;
    const told = presentRow(failed, 0, batch({ action: 'delete', phase: 'ended' }));
    assert.deepEqual([told.message, told.trackingId, told.owner], ['refused', 'a1', true]);
  });
});

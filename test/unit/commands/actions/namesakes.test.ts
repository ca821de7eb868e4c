import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Batch } from '../../../../src/actions/bulk/batch';
import { askNamesake } from '../../../../src/commands/actions/namesakes';
import { DISMISS, ScriptedUi } from '../scriptedUi';

describe('which identity of a name is meant', () => {
  let ui: ScriptedUi;
  beforeEach(() => {
    ui = new ScriptedUi();
  });
  const identities = [
    {
      id: '1',
      name: 'Ada Winter',
      alias: 'ada.winter',
      emailAddress: 'ada@acme.test',
      identityStatus: 'ACTIVE',
      attributes: { Department: 'Sales' },
    },
    { id: '2', name: 'Ada Winter', alias: 'awinter', emailAddress: null, identityStatus: 'LOCKED', attributes: null },
  ];
  const batch = { action: 'reset', phase: 'planning', rows: [] } as unknown as Batch;
  const ask = (signal = new AbortController().signal) =>
    askNamesake({ ui }, batch, 'Acme', { name: 'Ada Winter', identities, number: 1, total: 1 }, signal);

  it('is asked with alias, email and department, for a plan that is named', async () => {
    ui.on('Which Ada Winter is meant?', 'Ada Winter');
    assert.equal(await ask(), identities[0]);
    assert.equal(ui.asked[0]?.detail, 'Reset identities in Acme');
    assert.deepEqual(
      ui.lists[0]?.rows.map(({ description, detail }) => [description, detail]),
      [
        ['ada.winter · ada@acme.test', 'Sales · active'],
        ['awinter', 'locked'],
        ['skip this name', undefined],
      ],
    );
    ui.verify();
  });

  it('may be none of them; dismissed, the plan is given up', async () => {
    ui.on('Which Ada Winter is meant?', 'None of these');
    assert.equal(await ask(), 'none');
    ui.on('Which Ada Winter is meant?', DISMISS);
    assert.equal(await ask(), 'cancel');
    assert.equal(await ask(AbortSignal.abort()), 'cancel');
  });
});

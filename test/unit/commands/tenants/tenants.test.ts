import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS, WALKTHROUGH } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { systemError } from '../../storage/faultyDisk';
import { PEOPLE, type Stage } from '../stage';

describeCommand(COMMANDS.removeTenant, () => {
  const s = useStage();
  const question = 'Remove Acme from VS Code?';
  const goes = (stage: Stage): string =>
    `Its stored credentials are deleted and its panels close. Nothing changes in ${stage.acme.baseUrl}.`;

  it('says what goes with it, and removes tenant and secret', async () => {
    s().secrets.kept.set(s().acme.id, { kind: 'token', accessToken: 'x' });
    s().ui.on(question, 'Remove Acme');
    await s().run(COMMANDS.removeTenant, s().tenantRow());
    assert.equal(s().ui.asked[0]?.detail, goes(s()));
    assert.deepEqual(s().store.all(), []);
    assert.equal(s().secrets.kept.size, 0);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('keeps it when the question is dismissed', async () => {
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.removeTenant, s().tenantRow());
    assert.equal(s().store.all().length, 1);
  });

  for (const [answer, phase] of [
    ['Remove Acme', undefined],
    [DISMISS, 'ended'],
  ] as const) {
    it(`sends nothing of a bulk action while the question is open, and ${phase ? 'goes on' : 'ends it'} afterwards`, async () => {
      s().demo.latencyMs = 20;
      const people = s().whoAre(PEOPLE.active, PEOPLE.locked, PEOPLE.withoutRoles);
      const { id } = await s().plan({ action: 'reset', people });
      s().ui.on('Reset 3 identities in Acme?', 'Reset 3 identities');
      await s().run(COMMANDS.batchRun, { batchId: id });
      const ask = s().ui.ask.bind(s().ui);
      s().ui.ask = (...given) => {
        assert.equal(s().batches.get(id)?.phase, 'paused');
        return ask(...given);
      };
      s().ui.on(question, answer);
      await s().run(COMMANDS.removeTenant, s().tenantRow());
      assert.equal(
        s().ui.askedAbout(question)?.detail,
        `${goes(s())}\n\nA bulk action is in progress: nothing more of it is sent, and its record is deleted.`,
      );
      if (phase) await s().batch(id, (batch) => batch.phase === phase);
      else assert.equal(s().batches.get(id), undefined);
      assert.equal(s().sent('resetIdentity') === 3, phase !== undefined);
    });
  }

  it('asks which, when there are several and none is named', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other', environment: 'production' });
    s().ui.on('Which tenant?', 'Other').on('Remove Other from VS Code?', 'Remove Other');
    await s().run(COMMANDS.removeTenant);
    assert.equal(s().store.get(other.id), undefined);
    assert.equal(s().store.all().length, 1);
  });

  it('offers to add one when there is none', async () => {
    await s().store.remove(s().acme.id);
    s().ui.on('No tenant is connected yet.', 'Add tenant');
    await s().run(COMMANDS.removeTenant);
    s().ui.on('No tenant is connected yet.', 'Try the demo tenant');
    await s().run(COMMANDS.removeTenant);
    assert.deepEqual(s().workbench.ran, [[COMMANDS.addTenant], [COMMANDS.tryDemo]]);
  });

  it('does not take another tenant for one that is gone', async () => {
    s().ui.on('Nothing was done: the tenant is no longer connected.');
    await s().run(COMMANDS.removeTenant, { tenantId: '00000000-0000-4000-8000-000000000000' });
    assert.equal(s().store.all().length, 1);
  });
});

describeCommand(COMMANDS.removeUnreadableTenant, () => {
  const s = useStage();
  const file = { file: 'x.json', problem: 'it is not valid JSON' };

  it('names it and what is wrong, says what is lost, and removes it', async () => {
    s().store.unreadable = [file];
    s().ui.on('Remove which stored tenant?', 'x.json');
    s().ui.on('Remove the stored tenant x.json?', 'Remove stored tenant');
    await s().run(COMMANDS.removeUnreadableTenant);
    assert.match(s().ui.asked[1]?.detail ?? '', /^It cannot be read: it is not valid JSON\. /);
    assert.deepEqual(s().store.unreadable, []);
  });

  it('keeps it when either question is dismissed', async () => {
    s().store.unreadable = [file];
    s().ui.on('Remove which stored tenant?', DISMISS);
    await s().run(COMMANDS.removeUnreadableTenant);
    s().ui.on('Remove which stored tenant?', 'x.json').on('Remove the stored tenant x.json?', DISMISS);
    await s().run(COMMANDS.removeUnreadableTenant);
    assert.deepEqual(s().store.unreadable, [file]);
  });

  it('says that there is none', async () => {
    s().ui.on('All stored tenants can be read: there is nothing to remove.');
    await s().run(COMMANDS.removeUnreadableTenant);
  });
});

describeCommand(COMMANDS.renameTenant, () => {
  const s = useStage();

  it('renames the tenant of the row', async () => {
    s().ui.on('Display name for this tenant', ' ', ' New name ');
    await s().run(COMMANDS.renameTenant, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.name, 'New name');
    assert.deepEqual(s().ui.refusals, ['Enter a name.']);
  });

  it('refuses a name that another tenant has, as it looks, and keeps its own', async () => {
    s().store.put({ ...s().acme, name: 'Globex' });
    s().ui.on('Display name for this tenant', ' globex', 'GLOBEX', 'ACME');
    await s().run(COMMANDS.renameTenant, s().tenantRow());
    assert.deepEqual(s().ui.refusals, [
      'Another tenant is called globex. Enter another name.',
      'Another tenant is called GLOBEX. Enter another name.',
    ]);
    assert.equal(s().store.get(s().acme.id)?.name, 'ACME');
  });

  it('says in words why it cannot be stored, without the system’s own and its path', async () => {
    s().store.update = () => {
      throw systemError('ENOSPC', 'write', '/home/walter/tenants/x.json');
    };
    s().ui.on('Display name for this tenant', 'New name');
    s().ui.on('Could not store the data of ISC Identities: the disk is full.');
    await s().run(COMMANDS.renameTenant, s().tenantRow());
  });

  it('keeps the name when it is dismissed', async () => {
    s().ui.on('Rename Acme', DISMISS);
    await s().run(COMMANDS.renameTenant, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.name, 'Acme');
  });
});

describeCommand(COMMANDS.setEnvironment, () => {
  const s = useStage();

  it('locks what becomes production', async () => {
    s().ui.on('Which environment?', 'production');
    await s().run(COMMANDS.setEnvironment, s().tenantRow());
    const { environment, readOnly } = s().store.get(s().acme.id) ?? {};
    assert.deepEqual([environment, readOnly], ['production', true]);
  });

  it('changes nothing else otherwise, and nothing at all when it is dismissed', async () => {
    s().ui.on('Environment of Acme', 'development');
    await s().run(COMMANDS.setEnvironment, s().tenantRow());
    s().ui.on('Environment of Acme', DISMISS);
    await s().run(COMMANDS.setEnvironment, s().tenantRow());
    assert.deepEqual(s().store.get(s().acme.id), { ...s().acme, environment: 'development' });
  });

  it('ends an unlocking, which was meant for what the tenant was', async () => {
    s().store.update(s().acme.id, { environment: 'production', readOnly: false, unlockedUntil: Infinity });
    s().ui.on('Environment of Acme', 'sandbox');
    await s().run(COMMANDS.setEnvironment, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });
});

describeCommand(COMMANDS.setVersion, () => {
  const s = useStage();

  it('changes the version of the API, and nothing when it is dismissed', async () => {
    s().ui.on('Which API version?', DISMISS);
    await s().run(COMMANDS.setVersion, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.version, 'v2024');
    s().ui.on('API version of Acme', 'v1');
    await s().run(COMMANDS.setVersion, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.version, 'v1');
  });
});

for (const [command, by] of [
  [COMMANDS.moveTenantUp, -1],
  [COMMANDS.moveTenantDown, 1],
] as const) {
  describeCommand(command, () => {
    const s = useStage();

    it('moves the tenant of the row by one place', async () => {
      const b = s().store.put({ ...s().acme, name: 'B' });
      s().store.put({ ...s().acme, name: 'C' });
      await s().run(command, s().tenantRow(b.id));
      const names = s()
        .store.all()
        .map(({ name }) => name);
      assert.deepEqual(names, by < 0 ? ['B', 'Acme', 'C'] : ['Acme', 'C', 'B']);
    });
  });
}

describeCommand(COMMANDS.setReadOnly, () => {
  const s = useStage();

  it('locks at once, without a question', async () => {
    await s().run(COMMANDS.setReadOnly, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });

  it('says which it locked', async () => {
    await s().run(COMMANDS.setReadOnly);
    assert.deepEqual(s().ui.said, ['$(check) Acme is read-only now']);
  });

  it('offers those that can be changed only, and takes the one that has the focus', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    const third = s().store.put({ ...s().acme, name: 'Third' });
    s().store.lock(third.id);
    s().ui.on('Which tenant?', 'Other');
    await s().run(COMMANDS.setReadOnly);
    assert.deepEqual(s().ui.asked[0]?.offered, ['Acme', 'Other']);
    s().select(s().tenantRow(third.id));
    await s().run(COMMANDS.setReadOnly);
    assert.deepEqual(
      s()
        .store.all()
        .map(({ readOnly }) => readOnly),
      [true, true, true],
    );
    assert.equal(other.name, 'Other');
    await s().run(COMMANDS.setReadOnly);
    assert.equal(s().ui.said.at(-1), 'All tenants are read-only');
  });

  it('locks none when it is not said which', async () => {
    s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on('Which tenant?', DISMISS);
    await s().run(COMMANDS.setReadOnly);
    assert.deepEqual(
      s()
        .store.all()
        .map(({ readOnly }) => readOnly),
      [false, false],
    );
  });
});

describeCommand(COMMANDS.unlock, () => {
  const s = useStage({ tenant: { readOnly: true } });
  const question = 'Allow changes in Acme (sandbox, read-only)?';

  it('asks once outside production', async () => {
    s().ui.on(question, 'Allow changes in Acme');
    await s().run(COMMANDS.unlock, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.readOnly, false);
  });

  it('takes the tenant that has the focus, the only one that is locked, or says that there is none', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    s().select(s().row(PEOPLE.ada, other.id));
    s().ui.on('Allow changes in Other (sandbox, read-only)?', 'Allow changes in Other');
    await s().run(COMMANDS.unlock);
    s().ui.on(question, 'Allow changes in Acme');
    await s().run(COMMANDS.unlock);
    await s().run(COMMANDS.unlock);
    assert.equal(s().ui.said.at(-1), 'No tenant is read-only');
  });

  it('stays locked when that is dismissed', async () => {
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.unlock, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });
});

describeCommand(COMMANDS.unlock, () => {
  const s = useStage({ tenant: { readOnly: true, environment: 'production' } });
  const typed = 'Acme is a production tenant. Type its name to allow changes: Acme';

  it('has the name of a production tenant typed, and asks for how long', async () => {
    s().ui.on(typed, 'Acme').on('For how long?', '15 minutes');
    await s().run(COMMANDS.unlock, { tenantId: s().acme.id });
    assert.deepEqual([...s().store.unlocked], [[s().acme.id, 15]]);
    assert.deepEqual(
      s().ui.asked.map(({ step }) => step),
      ['1/2', '2/2'],
    );
    s().store.lock(s().acme.id);
    s().ui.on(typed, 'Acme').on('For how long?', 'Until set to read-only');
    await s().run(COMMANDS.unlock, { tenantId: s().acme.id });
    assert.deepEqual([...s().store.unlocked], [[s().acme.id, undefined]]);
  });

  for (const wrong of ['', 'acme', 'Acme 2', 'yes']) {
    it(`stays locked when "${wrong}" is typed for the name`, async () => {
      s().ui.on(typed, wrong, DISMISS);
      await s().run(COMMANDS.unlock, s().tenantRow());
      assert.deepEqual(s().ui.refusals, ['Type Acme']);
      assert.equal(s().store.get(s().acme.id)?.readOnly, true);
      assert.equal(s().store.unlocked.size, 0);
    });
  }

  it('stays locked when it is not said for how long', async () => {
    s().ui.on(typed, 'Acme').on('For how long?', DISMISS);
    await s().run(COMMANDS.unlock, s().tenantRow());
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });
});

describeCommand(COMMANDS.checkConnection, () => {
  const s = useStage();

  it('opens a report of what the credentials can do, by reads only', async () => {
    s().workbench.proxy = 'http://me:secret@proxy.example:8080';
    await s().run(COMMANDS.checkConnection, s().tenantRow());
    const [[what, path, text] = []] = s().opened;
    assert.deepEqual([what, path], ['page', `/${s().acme.id}/Connection to Acme.md`]);
    assert.match(String(text), /deleteIdentity/);
    assert.match(String(text), /proxy&#46;example/);
    assert.doesNotMatch(String(text), /secret/);
    assert.equal(s().writes(), 0);
    assert.ok(s().sent('listIdentities') >= 1);
  });

  it('opens nothing when it is not said of which tenant', async () => {
    s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on('Which tenant?', DISMISS);
    await s().run(COMMANDS.checkConnection);
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.copySupportBundle, () => {
  const s = useStage();

  it('copies versions, tenants and the log, without tokens and addresses of people', async () => {
    s().logged.push('token eyJhbGciOi.eyJzdWIi.c2ln for ada.winterbourne@example.com', 'Authorization: Bearer abc');
    await s().run(COMMANDS.copySupportBundle);
    const lines = s().workbench.clipboard.split('\n');
    assert.equal(lines[0], 'ISC Identities of the test');
    assert.equal(lines[1], `Tenant Acme: ${s().acme.baseUrl}, v2024, sandbox`);
    assert.deepEqual(lines.slice(2), ['', 'token <token> for <e-mail>', 'Authorization: Bearer <token>']);
    assert.deepEqual(s().ui.said, ['$(check) Support bundle copied. Review it before you send it.']);
  });
});

describeCommand(COMMANDS.showLog, () => {
  const s = useStage();

  it('shows the channel', async () => {
    await s().run(COMMANDS.showLog);
    assert.deepEqual(s().logged, ['(shown)']);
    assert.deepEqual(s().opened, []);
  });

  it('shows the lines in memory where the channel keeps nothing', async () => {
    Object.assign(s().deps.log, { isKept: () => false });
    s().logged.push('a line');
    await s().run(COMMANDS.showLog);
    assert.deepEqual(s().opened, [['page', '/ISC Identities log.log', 'a line']]);
  });
});

describeCommand(COMMANDS.takeTour, () => {
  const s = useStage();

  it('opens the walkthrough', async () => {
    await s().run(COMMANDS.takeTour);
    assert.deepEqual(s().workbench.ran, [['workbench.action.openWalkthrough', WALKTHROUGH, false]]);
  });
});

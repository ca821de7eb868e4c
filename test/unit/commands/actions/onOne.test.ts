import assert from 'node:assert/strict';
import { it } from 'mocha';
import { ACTION_IDS, actionOf, type ActionId } from '../../../../src/actions/catalog';
import type { LoggedOperation } from '../../../../src/demo/http/requestLog';
import { COMMANDS } from '../../../../src/ids';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { BACK_BUTTON, DISMISS, type ScriptedUi } from '../scriptedUi';
import { readOnlyText } from '../readOnly';
import { PEOPLE } from '../stage';
import { waitUntil } from '../../../waitUntil';

const ADELE = PEOPLE.withoutRoles;

interface Case {
  /** Whom the service lets it be done to. */
  readonly index: number;
  /** The questions as they are asked, with the answers that send. */
  readonly script: readonly (readonly [question: string, answer: string])[];
  /** What the dialog says below its question. */
  readonly detail: string;
  readonly said: string;
}

const CASES: Readonly<Record<Exclude<ActionId, 'synchronize'>, Case>> = {
  process: {
    index: ADELE,
    script: [['Process Adele Vantongeren in Acme?', 'Process Adele Vantongeren']],
    detail:
      'Adele Vantongeren · adele.vantongeren · adele.vantongeren@example.com\n\nISC recalculates the attributes, lifecycle state, roles and access of Adele Vantongeren from their accounts and provisions what changes. ISC also does this automatically at 08:00 and 20:00 tenant time and after events; do not use Process to refresh a whole tenant.',
    said: '$(check) Processing of Adele Vantongeren started in Acme; tracked in Tasks',
  },
  invite: {
    index: PEOPLE.unregistered,
    script: [['Invite Aada Koskivaara in Acme?', 'Send invitation']],
    detail:
      'Aada Koskivaara · aada.koskivaara · aada.koskivaara@example.com\n\n1 email is sent to aada.koskivaara@example.com (work email, unless the identity profile specifies otherwise). Invitations are valid for 7 days. Emails cannot be recalled.',
    said: '$(check) Invitation of Aada Koskivaara (aada.koskivaara@example.com) started in Acme; tracked in Tasks',
  },
  verification: {
    index: ADELE,
    script: [
      ['Select the delivery method and address', 'Email to the work address'],
      ['Send a password reset email to Adele Vantongeren in Acme?', 'Send email'],
    ],
    detail:
      'Adele Vantongeren · adele.vantongeren · adele.vantongeren@example.com\n\nA password reset email is sent to the work email (adele.vantongeren@example.com) of Adele Vantongeren. It is valid for 2 hours. Emails cannot be recalled.',
    said: '$(check) Password reset email to Adele Vantongeren sent; valid for 2 hours',
  },
  reset: {
    index: ADELE,
    script: [['Reset Adele Vantongeren in Acme?', 'Reset Adele Vantongeren']],
    detail:
      'Adele Vantongeren · adele.vantongeren · adele.vantongeren@example.com\n\nAdele Vantongeren is de-registered, loses security question answers and any elevated user level, and must register again. This cannot be undone.',
    said: '$(check) Reset of Adele Vantongeren accepted by Acme',
  },
  delete: {
    index: ADELE,
    script: [['Delete Adele Vantongeren from Acme?', 'Delete Adele Vantongeren']],
    detail:
      'Adele Vantongeren · adele.vantongeren · adele.vantongeren@example.com\n\nAdele Vantongeren is not protected and owns nothing that blocks deletion (checked just now). Adele Vantongeren is removed from ISC, including access and history. If an authoritative source still has an account for a deleted identity, its next aggregation may recreate the identity. Deletion cannot be undone.',
    said: '$(check) Adele Vantongeren deleted from Acme',
  },
};

const CONFIRMED = Object.entries(CASES) as [keyof typeof CASES, Case][];

function answerAll(ui: ScriptedUi, script: Case['script']): void {
  for (const [question, answer] of script) ui.on(question, answer);
}

for (const [id, { index, script, detail, said }] of CONFIRMED) {
  const command = actionCommand(id);
  const operation = actionOf(id).operation as LoggedOperation;

  describeCommand(command, () => {
    const s = useStage();

    it('says whom it is about and what happens, and sends one request', async () => {
      answerAll(s().ui, script);
      await s().run(command, s().row(index));
      assert.deepEqual(
        s().ui.asked.map(({ question }) => question),
        script.map(([question]) => question),
      );
      const [, answer] = script.at(-1) ?? [];
      assert.deepEqual(s().ui.asked.at(-1)?.detail, detail);
      assert.deepEqual(s().ui.asked.at(-1)?.offered, [answer]);
      assert.equal(s().sent(operation), 1);
      assert.equal(s().writes(), 1);
      assert.deepEqual(s().ui.said, [said]);
      assert.deepEqual(s().changes, [
        {
          kind: id === 'delete' ? 'deleted' : 'identity',
          tenantId: s().acme.id,
          identityId: s().target(index).identity.id,
        },
      ]);
    });

    it('follows the task of the service, if there is one', async () => {
      answerAll(s().ui, script);
      await s().run(command, s().row(index));
      const followed = s().tasks.all();
      const name = actionOf(id).startsTask ? [s().person(index).name] : [];
      assert.deepEqual(
        followed.flatMap(({ people }) => people.map((person) => person.name)),
        name,
      );
    });

    for (const at of script.keys()) {
      it(`sends nothing when question ${String(at + 1)} is dismissed`, async () => {
        answerAll(s().ui, script.slice(0, at));
        s().ui.on(script[at]?.[0] ?? '', DISMISS);
        await s().run(command, s().row(index));
        assert.equal(s().writes(), 0);
        assert.deepEqual(s().changes, []);
        assert.deepEqual(s().ui.said, []);
      });
    }

    it('asks a read-only tenant nothing, and leads to unlocking it', async () => {
      s().store.lock(s().acme.id);
      const phrase = actionOf(id).phrase(s().person(index).name as never, 'Acme', {});
      s().ui.on(readOnlyText(`Could not ${phrase}`));
      await s().run(command, s().row(index));
      assert.equal(s().demo.requests.count(), 0);
      assert.deepEqual(s().ui.asked[0]?.offered, ['Unlock and continue', 'Show log']);
      assert.equal(s().store.get(s().acme.id)?.readOnly, true);
    });

    it('goes on at its first question once the tenant is unlocked', async () => {
      s().store.lock(s().acme.id);
      s().ui.on(/: the tenant is read-only\. Unlock it first\. /, 'Unlock and continue');
      answerAll(s().ui, script);
      await s().begin(command, s().row(index));
      await waitUntil(() => s().writes() > 0, 'it is sent', { everyMs: 5 });
      assert.equal(s().writes(), 1);
    });

    it('sends nothing when the tenant was locked while the question was open', async () => {
      answerAll(s().ui, script);
      const ask = s().ui.ask.bind(s().ui);
      s().ui.ask = (...given) => {
        s().store.lock(s().acme.id);
        return ask(...given);
      };
      s().ui.on(/^Could not .*: the tenant is read-only\. Unlock it first\. /);
      await s().run(command, s().row(index));
      assert.equal(s().writes(), 0);
    });

    it('names whom the service knows by the id, whatever a page or a link calls them', async () => {
      for (const [question] of script.slice(0, -1)) s().ui.on(question, answerOf(script, question));
      s().ui.on(script.at(-1)?.[0] ?? '', DISMISS);
      await s().run(command, s().target(index, 'Somebody Else'));
      assert.match(s().ui.asked.at(-1)?.detail ?? '', /@example\.com \(previously shown as Somebody Else\)\n\n/);
      assert.equal(s().writes(), 0);
    });

    it('is refused for somebody who is not there any more, with a way to the log', async () => {
      s().demo.world.delete(index);
      s().ui.on(/^Could not .*: not found in ISC\. It may have been deleted\. Refresh the list\./, 'Show log');
      await s().run(command, s().row(index));
      assert.equal(s().writes(), 0);
      assert.deepEqual(
        s().workbench.ran.map(([ran]) => ran),
        [COMMANDS.showLog],
      );
    });

    it('is about nobody when the tenant was removed', async () => {
      const row = s().row(index);
      await s().store.remove(s().acme.id);
      s().ui.on(/This tenant is no longer connected\./);
      await s().run(command, row);
      assert.equal(s().demo.requests.count(), 0);
    });

    it('finds whom it is about by typing, when nobody is named', async () => {
      const { name } = s().person(index);
      s().ui.on(`${actionOf(id).label()} · Acme`, { type: name.slice(0, 6) }, name);
      for (const [question, answer] of script) s().ui.on(question, answer);
      await s().run(command);
      assert.equal(s().sent(operation), 1);
    });

    it('does nothing when the search is closed', async () => {
      s().ui.on(`${actionOf(id).label()} · Acme`, DISMISS);
      await s().run(command);
      assert.equal(s().writes(), 0);
    });
  });
}

function answerOf(script: Case['script'], question: string): string {
  return script.find(([asked]) => asked === question)?.[1] ?? '';
}

describeCommand(actionCommand('synchronize'), () => {
  const s = useStage();

  it('asks once the tenant is unlocked, too, when the identity was taken from what has the focus', async () => {
    s().store.lock(s().acme.id);
    s().select(s().row(ADELE));
    s().ui.on(/: the tenant is read-only\. Unlock it first\. /, 'Unlock and continue');
    s().ui.on(/^Synchronize the attributes of Adele Vantongeren/, DISMISS);
    await s().begin(actionCommand('synchronize'));
    await waitUntil(() => s().ui.asked.length === 2, 'it is asked', { everyMs: 5 });
    assert.equal(s().writes(), 0);
  });

  it('asks nothing, sends one request and names the job', async () => {
    await s().run(actionCommand('synchronize'), s().row(ADELE));
    assert.equal(s().sent('synchronizeAttributesForIdentity'), 1);
    assert.equal(s().writes(), 1);
    assert.match(
      s().ui.said.join(),
      /^\$\(check\) Attribute synchronization of Adele Vantongeren accepted by Acme \(job /,
    );
    assert.deepEqual(
      s().changes.map(({ kind }) => kind),
      ['identity'],
    );
  });

  it('is refused by a read-only tenant', async () => {
    s().store.lock(s().acme.id);
    s().ui.on(readOnlyText('Could not synchronize attributes of Adele Vantongeren in Acme'), DISMISS);
    await s().run(actionCommand('synchronize'), s().row(ADELE));
    assert.equal(s().demo.requests.count(), 0);
  });

  it('reads again what is shown of somebody when the service fails', async () => {
    s().demo.faults.add({ operation: 'synchronizeAttributesForIdentity', kind: 'status', status: 500, times: 9 });
    s().ui.on(/^Could not synchronize attributes of Adele Vantongeren in Acme: /);
    await s().run(actionCommand('synchronize'), s().row(ADELE));
    assert.equal(s().sent('synchronizeAttributesForIdentity'), 1);
    assert.deepEqual(
      s().changes.map(({ kind }) => kind),
      ['identity'],
    );
  });
});

describeCommand(actionCommand('invite'), () => {
  const s = useStage();

  it('is refused for somebody whose address is not known', async () => {
    const { index } = CASES.invite;
    const body = JSON.stringify({ ...s().person(index), emailAddress: null });
    s().demo.faults.add({ operation: 'getIdentity', kind: 'body', body });
    s().ui.on('Could not invite Aada Koskivaara in Acme: no email address.');
    await s().run(actionCommand('invite'), s().row(index));
    assert.equal(s().writes(), 0);
  });

  it('is refused for somebody who is registered', async () => {
    s().ui.on(
      'Could not invite Adele Vantongeren in Acme: status is active; ISC invites only unregistered identities.',
    );
    await s().run(actionCommand('invite'), s().row(ADELE));
    assert.equal(s().writes(), 0);
  });
});

describeCommand(actionCommand('verification'), () => {
  const s = useStage();
  const send = (): Promise<void> => s().run(actionCommand('verification'), s().row(ADELE));

  it('names way, address and source, and sends just these', async () => {
    const client = await s().deps.clients.for(s().acme.id);
    const { items } = await client.accounts.list(s().person(ADELE).id, { limit: 1 });
    const source = items[0]?.sourceName ?? '';
    s().ui.on('Select the delivery method and address', 'For the password of one source...');
    s().ui.on('Select the source the password is for', source);
    s().ui.on('Select the delivery method and address', 'Link to the work address');
    s().ui.on('Send a password reset link to Adele Vantongeren in Acme?', 'Send email');
    await send();
    const [body] = s().bodies('sendIdentityVerificationAccountToken') as [{ via: string; sourceName: string }];
    assert.deepEqual([body.via, body.sourceName], ['LINK_WORK', source]);
    assert.match(s().ui.asked.at(-1)?.detail ?? '', new RegExp(`It applies to the password on ${source}\\.`));
  });

  it('says in each title which command it is and to whom, and which question of how many; Back leads to the first', async () => {
    s().ui.on('Select the delivery method and address', 'For the password of one source...');
    s().ui.on('Select the source the password is for', BACK_BUTTON);
    s().ui.on('Select the delivery method and address', 'Email to the work address');
    s().ui.on('Send a password reset email to Adele Vantongeren in Acme?', DISMISS);
    await send();
    const title = 'Send password reset email: Adele Vantongeren';
    assert.deepEqual(
      s().ui.asked.map(({ detail, step }) => (step === undefined ? undefined : [detail, step])),
      [undefined, [title, '2/3'], [title, '1/3'], undefined],
    );
    assert.equal(s().writes(), 0);
  });

  it('asks for no source where accounts may not be read', async () => {
    s().demo.faults.add({ operation: 'listAccounts', kind: 'status', status: 403 });
    s().ui.on('Select the delivery method and address', 'Email to the work address');
    s().ui.on('Send a password reset email to Adele Vantongeren in Acme?', 'Send email');
    await send();
    assert.equal(s().sent('sendIdentityVerificationAccountToken'), 1);
  });

  it('shows an answer of the service to the person who asked, and copies it on demand', async () => {
    const body = JSON.stringify({ link: 'https://example.com/reset' });
    s().demo.faults.add({ operation: 'sendIdentityVerificationAccountToken', kind: 'body', body, status: 200 });
    for (const [question, answer] of CASES.verification.script) s().ui.on(question, answer);
    s().ui.on('Response from ISC for Adele Vantongeren:', 'Copy response');
    await send();
    assert.match(s().workbench.clipboard, /https:\/\/example\.com\/reset/);
    assert.doesNotMatch(JSON.stringify([s().logged, s().ui.said]), /example\.com\/reset/);
  });
});

for (const id of ACTION_IDS) {
  describeCommand(actionCommand(id), () => {
    const s = useStage();

    it('makes a plan for the several people who are selected, names all of them, and sends nothing', async () => {
      const rows = [s().row(ADELE), s().row(PEOPLE.unregistered)];
      if (id === 'verification') s().ui.on('Select the delivery method and address', 'Link to the work address');
      s().ui.on(/ in Acme\?$| from Acme\?$| to .*\?$/, 'Show plan');
      await s().run(actionCommand(id), rows[0], rows);
      assert.match(s().ui.asked.at(-1)?.detail ?? '', /Adele Vantongeren/);
      assert.match(s().ui.asked.at(-1)?.detail ?? '', /Aada Koskivaara/);
      const [[what, batchId] = []] = s().opened;
      assert.equal(what, 'batch');
      const batch = await s().batch(String(batchId), ({ phase }) => phase === 'planned');
      assert.equal(batch.action, id);
      assert.equal(batch.from, '2 selected identities');
      assert.deepEqual(
        batch.rows.map(({ person }) => person?.name),
        ['Adele Vantongeren', 'Aada Koskivaara'],
      );
      assert.equal(s().writes(), 0);
    });

    it('is about the row that was clicked beside a selection, alone', async () => {
      const others = [s().row(PEOPLE.active), s().row(PEOPLE.locked)];
      s().view.selection = others;
      if (id !== 'synchronize') s().ui.on(/Adele Vantongeren|^Select the delivery method/);
      await s().run(actionCommand(id), s().row(ADELE), others);
      assert.equal(s().sent('getIdentity'), 1);
      assert.deepEqual(
        s().demo.requests.list.filter(({ path }) => path.includes(others[0]?.identity.id ?? '-')),
        [],
      );
    });
  });
}
